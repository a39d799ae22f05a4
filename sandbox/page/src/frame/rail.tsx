// The narrow strip at the left: workspace, Home, inspector, looks, tour.
import type { ReactNode } from "react";

import { openApp } from "../core/acts";
import { set, useStore, useTeam } from "../core/store";
import { toggleTheme, useTheme } from "../core/theme";
import { HomeIcon, InspectIcon, ThemeIcon, TourIcon } from "./icons";
import { startTour } from "./tour";

export function Rail() {
  const team = useTeam();
  const theme = useTheme();
  const isHome = useStore((state) => state.place.kind === "app" && state.place.tab === "home");
  const inspecting = useStore((state) => state.panel?.kind === "inspector");
  const hasTour = useStore((state) => state.host.tour.length > 0);
  return (
    <nav className="rail" aria-label="Tools">
      <span className="workspace" aria-hidden="true">{team.name.slice(0, 1)}</span>
      {team.app.homeTab && (
        <Tool label="Home" pressed={isHome} onUse={() => void openApp("home")}><HomeIcon /></Tool>
      )}
      <Tool label="Inspector" pressed={inspecting} onUse={() => set({ panel: inspecting ? null : { kind: "inspector" } })}>
        <InspectIcon />
      </Tool>
      <span className="rest" />
      {hasTour && <Tool label="Tour" onUse={startTour}><TourIcon /></Tool>}
      <Tool label={theme === "dark" ? "Light" : "Dark"} onUse={toggleTheme}><ThemeIcon /></Tool>
    </nav>
  );
}

interface ToolProps {
  label: string;
  pressed?: boolean;
  onUse: () => void;
  children: ReactNode;
}

function Tool({ label, pressed, onUse, children }: ToolProps) {
  return (
    <button type="button" className="tool" aria-pressed={pressed} onClick={onUse}>
      {children}
      <span>{label}</span>
    </button>
  );
}
