const sameYear = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});
const otherYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

/** A moment to come, as short as it can be said: `24 Nov, 09:42`, or `24 Nov 2027` in another year. */
export function momentAhead(at: number, now: number): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return 'far in the future';
  return (date.getFullYear() === new Date(now).getFullYear() ? sameYear : otherYear)
    .format(date)
    .replace('Sept', 'Sep');
}
