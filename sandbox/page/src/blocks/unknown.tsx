// What the page doesn't know is shown as it came.
export function Unknown({ what }: { what: { type?: string } }) {
  return (
    <figure className="unknown">
      <figcaption>{what.type ?? "no type"}: not known to this page</figcaption>
      <pre tabIndex={0}>{JSON.stringify(what, null, 2)}</pre>
    </figure>
  );
}
