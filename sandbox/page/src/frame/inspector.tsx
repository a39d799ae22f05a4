// What goes over the wire, both ways, and what may go wrong there.
import { useEffect, useState } from "react";

import { set, useStore } from "../core/store";
import { time24 } from "../core/times";
import type { Exchange } from "../core/types";
import { Faults } from "./faults";
import { CloseIcon } from "./icons";

const NEWEST = 200;
const FILTERS = [
  ["", "All"],
  ["bot", "To the bot"],
  ["slack", "To Slack"],
] as const;

export function Inspector() {
  const journal = useStore((state) => state.journal);
  const [to, setTo] = useState("");
  const [open, setOpen] = useState<number | null>(null);
  const shown = journal.filter((exchange) => !to || exchange.to === to).slice(-NEWEST).reverse();
  return (
    <aside className="panel inspector" aria-label="Inspector">
      <header className="main-head">
        <h2>Inspector</h2>
        <button type="button" className="close" aria-label="Close inspector" onClick={() => set({ panel: null })}>
          <CloseIcon />
        </button>
      </header>
      <Faults />
      <div className="filters" role="group" aria-label="Direction">
        {FILTERS.map(([key, label]) => (
          <button key={key} type="button" aria-pressed={to === key} onClick={() => setTo(key)}>{label}</button>
        ))}
      </div>
      <ol className="exchanges" tabIndex={0} aria-label="Requests and answers, newest first">
        {shown.map((exchange) => (
          <li key={exchange.number}>
            <Line exchange={exchange} open={open === exchange.number} onToggle={() => setOpen(open === exchange.number ? null : exchange.number)} />
            {open === exchange.number && <Details number={exchange.number} />}
          </li>
        ))}
        {!shown.length && <li className="nothing">Nothing yet.</li>}
      </ol>
    </aside>
  );
}

interface LineProps {
  exchange: Exchange;
  open: boolean;
  onToggle: () => void;
}

function Line({ exchange, open, onToggle }: LineProps) {
  const { to, method, status, ok, elapsed, error, fault, retry } = exchange;
  return (
    <button type="button" className={`line ${ok ? "" : "bad"}`} aria-expanded={open} onClick={onToggle}>
      <time>{time24(new Date(exchange.at))}</time>
      <span className={`arrow to-${to}`}>{to === "bot" ? "Slack → bot" : "bot → Slack"}</span>
      <code>{method}</code>
      {retry > 0 && <span className="retry">retry {retry}</span>}
      <span className="outcome">{fault ? `${fault} · ` : ""}{error ?? status ?? "–"}</span>
      <span className="elapsed">{Math.round(elapsed * 1000)} ms</span>
    </button>
  );
}

interface Whole extends Exchange {
  url: string;
  body: unknown;
  answer: unknown;
}

function Details({ number }: { number: number }) {
  const [whole, setWhole] = useState<Whole | null>(null);
  useEffect(() => {
    void fetch(`/_sandbox/exchange?number=${number}`)
      .then((answer) => answer.json() as Promise<Whole>)
      .then(setWhole);
  }, [number]);
  if (!whole) return null;
  return (
    <div className="details">
      <h3>Request <code>{whole.url}</code></h3>
      <pre tabIndex={0} aria-label="Request">{written(whole.body)}</pre>
      <h3>Answer {whole.status}</h3>
      <pre tabIndex={0} aria-label="Answer">{written(whole.answer)}</pre>
    </div>
  );
}

const written = (body: unknown): string =>
  typeof body === "string" ? body || "(empty)" : JSON.stringify(body, null, 2);
