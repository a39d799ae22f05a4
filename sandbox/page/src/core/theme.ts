// Light or dark: as the system has it, until the person chooses.
import { useSyncExternalStore } from "react";

const dark = matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();

export type Theme = "light" | "dark";

const theme = (): Theme =>
  (localStorage.getItem("theme") as Theme | null) ?? (dark.matches ? "dark" : "light");

function apply(): void {
  document.documentElement.dataset.theme = theme();
  for (const listener of listeners) listener();
}

export function toggleTheme(): void {
  localStorage.setItem("theme", theme() === "dark" ? "light" : "dark");
  apply();
}

export const useTheme = (): Theme =>
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, theme);

dark.addEventListener("change", apply);
apply();
