// Generated pictures: initials on a colour that belongs to the person; the app has a mark.
import { useTeam } from "../core/store";
import { userOf } from "../core/store";

const COLOURS = 8;

function colourOf(id: string): number {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + letter.charCodeAt(0)) % 9973;
  return sum % COLOURS;
}

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .map((word) => word[0] ?? "")
    .slice(0, 2)
    .join("")
    .toUpperCase();

export function Avatar({ user, small = false }: { user: string; small?: boolean }) {
  const team = useTeam();
  const size = small ? "small" : "";
  if (user === team.app.user) {
    return (
      <span className={`avatar app ${size}`} aria-hidden="true">
        <svg viewBox="0 0 36 36" width="100%" height="100%">
          <path d="M7 25l7-8 5 4 9-11" fill="none" stroke="currentColor" strokeWidth="3.500" strokeLinecap="round" strokeLinejoin="round" />
          <circle cx="28" cy="10" r="3" fill="currentColor" />
        </svg>
      </span>
    );
  }
  if (user === "") return <span className={`avatar slackbot ${size}`} aria-hidden="true">✱</span>;
  return (
    <span className={`avatar colour-${colourOf(user)} ${size}`} aria-hidden="true">
      {initials(userOf(team, user).realName)}
    </span>
  );
}
