import type { LabEvent } from '@/lab/film/lab-event';
import { counted } from '@/words/counts';
import { eventText, type NameOf } from '../text/event-text';
import { runTime } from '../text/names';

/** Lines that are shown; older ones are told as a number. */
const MOST = 200;

type EventListProps = {
  events: readonly LabEvent[];
  nameOf: NameOf;
  /** Opens the life of a message; without it, the list only tells. */
  onOpen?: (id: string) => void;
};

/** What happened, in words, the latest first: the picture as a list. */
export function EventList({ events, nameOf, onOpen }: EventListProps) {
  const lines = events.flatMap((event) => {
    const text = eventText(event, nameOf);
    return text ? [{ key: event.number, at: event.at, id: messageOf(event), ...text }] : [];
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
            .map(({ key, at, who, what, id }) => (
              <tr key={key}>
                <td>{runTime(at)}</td>
                <td>{who}</td>
                <td>
                  {what}{' '}
                  {id !== undefined && onOpen && (
                    <button
                      type="button"
                      className="evl__o"
                      aria-label={`The life of ${nameOf(id)}`}
                      onClick={() => onOpen(id)}
                    >
                      Life
                    </button>
                  )}
                </td>
              </tr>
            ))}
        </tbody>
      </table>
      {lines.length === 0 && <p>Nothing has happened yet.</p>}
      {lines.length > MOST && <p>{counted(lines.length - MOST, 'earlier event')} are not listed.</p>}
    </div>
  );
}

/** The one message that an event is about; undefined where there are several or none. */
function messageOf(event: LabEvent): string | undefined {
  if (event.what === 'visible' || event.what === 'expired') return event.id;
  if (event.what !== 'answered' || !event.reply.ok) return undefined;
  if ('id' in event.request) return event.request.id;
  const [first, ...others] = event.reply.messages ?? [];
  return others.length === 0 && event.request.op !== 'peek' ? first?.id : undefined;
}
