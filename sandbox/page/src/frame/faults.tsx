// Switches for what may go wrong between the bot and Slack.
import { useState } from "react";

import { failing, heal } from "../core/acts";
import { useStore } from "../core/store";

const FAULTS = [
  ["429", "Too many requests (429)", { kind: "rate_limited", seconds: 2 }],
  ["slow", "Slow (4 s)", { kind: "slow", accepted: true, seconds: 4 }],
  ["5xx", "Unavailable (503)", { kind: "status", status: 503 }],
  ["before", "Dropped before accepting", { kind: "drop" }],
  ["after", "Dropped after accepting", { kind: "drop", accepted: true }],
  ["revoked", "Token revoked", { kind: "error", code: "token_revoked" }],
] as const;
const METHODS = ["*", "chat.postMessage", "chat.update", "views.open", "views.publish", "response_url"];

export function Faults() {
  const planned = useStore((state) => state.faults).filter((fault) => fault.times !== 0);
  const [method, setMethod] = useState("*");
  const [always, setAlways] = useState(false);
  return (
    <section className="faults" aria-label="Faults">
      <h3>What the bot meets at Slack</h3>
      <div className="fault-options">
        <label>
          Method{" "}
          <select value={method} onChange={(event) => setMethod(event.target.value)}>
            {METHODS.map((name) => (
              <option key={name} value={name}>{name === "*" ? "any" : name}</option>
            ))}
          </select>
        </label>
        <label>
          <input type="checkbox" checked={always} onChange={(event) => setAlways(event.target.checked)} /> every time, not just once
        </label>
      </div>
      <div className="fault-buttons">
        {FAULTS.map(([key, label, fault]) => (
          <button key={key} type="button" className="button" onClick={() => void failing(method, fault, always ? null : 1)}>
            {label}
          </button>
        ))}
      </div>
      {planned.length > 0 && (
        <div className="planned" role="status">
          <ul>
            {planned.map((one, index) => (
              <li key={index}>{describe(one.fault)} at {one.method === "*" ? "any method" : one.method}, {one.times === null ? "every time" : `${one.times}×`}</li>
            ))}
          </ul>
          <button type="button" className="button primary" onClick={() => void heal()}>Everything works again</button>
        </div>
      )}
    </section>
  );
}

function describe(fault: { kind: string; accepted?: boolean; code?: string; status?: number }): string {
  const known = FAULTS.find(([, , one]) => {
    const { kind, accepted = false } = one as { kind: string; accepted?: boolean };
    return kind === fault.kind && accepted === Boolean(fault.accepted) && kind !== "error";
  });
  return known?.[1] ?? fault.code ?? fault.kind;
}
