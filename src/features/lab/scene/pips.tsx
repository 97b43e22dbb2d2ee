/** The dequeue count of a message beside the tries that it has, five where there is no rule. */
export function Pips({ count, tries }: { count: number; tries: number }) {
  const most = tries > 0 ? Math.min(tries, 8) : 5;
  return (
    <span className="pips" aria-hidden="true">
      {Array.from({ length: most }, (_, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- pips have no other identity
        <i key={index} className={index < count ? 'on' : undefined} />
      ))}
    </span>
  );
}
