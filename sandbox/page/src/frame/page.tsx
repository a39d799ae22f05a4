// Everything, laid out.
import { useEffect } from "react";

import { openRoom } from "../core/acts";
import { type State, useStore } from "../core/store";
import { App } from "../talk/app";
import { Modals } from "../talk/modal";
import { Room } from "../talk/room";
import { Thread } from "../talk/thread";
import { Inspector } from "./inspector";
import { PeopleSwitch } from "./people";
import { Rail } from "./rail";
import { Sidebar } from "./sidebar";
import { Progress, TimeBar } from "./timebar";
import { Tour } from "./tour";

export function Page() {
  const isKnown = useStore((state) => state.team !== null);
  if (!isKnown) return <p className="loading" role="status">Loading…</p>;
  return (
    <div className="page">
      <header className="top">
        <TimeBar />
        <PeopleSwitch />
      </header>
      <Rail />
      <div className="window">
        <Sidebar />
        <Shown />
        <SidePanel />
      </div>
      <div className="notes">
        <Progress />
        <Tour />
      </div>
      <Modals />
    </div>
  );
}

const firstRoom = ({ team }: State) => team?.rooms.find((room) => !room.archived && room.kind !== "im")?.id ?? "";

function Shown() {
  const place = useStore((state) => state.place);
  const first = useStore(firstRoom);
  const room = useStore((state) => state.team?.rooms.find((one) => place.kind === "room" && one.id === place.id));
  useEffect(() => {
    if (place.kind === "room" && !place.id && first) openRoom(first);
  }, [place, first]);
  if (place.kind === "app") return <App tab={place.tab} />;
  return room ? <Room key={room.id} room={room} /> : <main className="main" />;
}

function SidePanel() {
  const panel = useStore((state) => state.panel);
  if (panel?.kind === "thread") return <Thread channel={panel.channel} ts={panel.ts} />;
  return panel?.kind === "inspector" ? <Inspector /> : null;
}
