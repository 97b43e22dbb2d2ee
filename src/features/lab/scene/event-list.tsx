import type { LabEvent } from '@/lab/film/lab-event';
import { eventText, type NameOf } from '../text/event-text';
import { runTime } from '../text/names';

/** Lines that are shown; older ones are told as a number. */
const MOST = 200;

/** What happened, in words, the latest first: the picture as a list. */
export function EventList({ events, nameOf }: { events: readonly LabEvent[]; nameOf: NameOf }) {
  const lines = events.flatMap((event) => {
    const text = eventText(event, nameOf);
    return text ? [{ key: event.number, at: event.at, ...text }] : [];
  });
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls
    <div className="evl" tabIndex={0} role="region" aria-label="Events as a list">
      <table>
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">Who</th>
            <th scope="col">What</th>
          </tr>
        </thead>
        <tbody>
          {lines
            .slice(-MOST)
            .toReversed()
            .map(({ key, at, who, what }) => (
              <tr key={key}>
                <td>{runTime(at)}</td>
                <td>{who}</td>
                <td>{what}</td>
              </tr>
            ))}
        </tbody>
      </table>
      {lines.length === 0 && <p>Nothing has happened yet.</p>}
      {lines.length > MOST && <p>{lines.length - MOST} earlier events are not listed.</p>}
    </div>
  );
}
