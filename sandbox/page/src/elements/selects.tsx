// All select menus, single and multiple.
import { useEffect, useState } from "react";

import { emojified } from "../core/emoji";
import { useTeam } from "../core/store";
import { CloseIcon } from "../frame/icons";
import { type Choice, choices, choicesOf, chosenIn, matching, valueOf } from "./choices";
import { Combobox } from "./combobox";
import type { FieldProps } from "./field";
import { useSurface } from "./surface";
import type { Value } from "./values";

const LEAST_QUERY = 3;

export function Select(props: FieldProps) {
  const { element, value, onChange } = props;
  const team = useTeam();
  const [offer, onType] = useOffer(props);
  const multiple = element.type.startsWith("multi_");
  const chosen = chosenIn(value, choices(team, element));
  const placeholder = element.placeholder ? emojified(element.placeholder.text) : "Choose an option";
  const choose = (choice: Choice) =>
    onChange(multiple ? toggled(chosen, choice) : valueOf(choice));
  const combobox = (
    <Combobox
      label={props.label || placeholder}
      chosen={chosen}
      placeholder={placeholder}
      offer={offer}
      onType={onType}
      onChoose={choose}
      multiple={multiple}
      invalid={props.invalid}
      describedBy={props.describedBy}
      focusOnLoad={element.focus_on_load}
    />
  );
  if (!multiple) return combobox;
  return (
    <div className="multi-select">
      {combobox}
      <Chips chosen={chosen} onRemove={choose} />
    </div>
  );
}

function toggled(chosen: Choice[], choice: Choice): Value {
  const without = chosen.filter((one) => one.value !== choice.value);
  const next = without.length < chosen.length ? without : [...chosen, choice];
  return next.map(valueOf) as Value;
}

function Chips({ chosen, onRemove }: { chosen: Choice[]; onRemove: (choice: Choice) => void }) {
  return (
    <ul className="chips">
      {chosen.map((choice) => (
        <li key={choice.value}>
          {choice.label}
          <button type="button" aria-label={`Remove ${choice.label}`} onClick={() => onRemove(choice)}>
            <CloseIcon />
          </button>
        </li>
      ))}
    </ul>
  );
}

/** What to offer for what is typed; external menus ask the bot. */
function useOffer({ element }: FieldProps): [(typed: string) => Choice[], (typed: string) => void] {
  const team = useTeam();
  const surface = useSurface();
  const [query, setQuery] = useState<string | null>(null);
  const [suggested, setSuggested] = useState<Choice[]>([]);
  const external = element.type.includes("external");
  useEffect(() => {
    if (!external || query === null || query.length < (element.min_query_length ?? LEAST_QUERY)) return;
    let stale = false;
    const found = surface.suggest(element, query).catch(() => []);
    void found.then((options) => stale || setSuggested(choicesOf(options)));
    return () => {
      stale = true;
    };
    // The surface is new with each news; only what is typed asks again.
  }, [query]);
  const known = choices(team, element);
  return [(typed) => (external ? suggested : matching(known, typed)), setQuery];
}
