import { ORDERS } from '@/lab/run/calls';
import { lazyPart } from '@/ui/parts/lazy-part';
import type { Player } from '../play/player';
import type { LabView } from '../play/use-view';
import { queueName } from '../text/names';
import { lifeOf } from './life-of';

const MessageLife = lazyPart(async () => (await import('./message-life')).MessageLife);

/** The life of the message that was opened, if any: up to the moment that is shown. */
export function OpenedLife({ player, view: { scene, opened, setOpened } }: { player: Player; view: LabView }) {
  if (opened === undefined) return null;
  const { film, nameOf } = player;
  const name = nameOf(opened);
  const message = scene.world.messages[opened];
  return (
    <MessageLife
      name={name}
      id={opened}
      place={
        message
          ? `${queueName(message.queue)}${message.isVisible ? '' : message.queue === ORDERS ? ', invisible' : ''}`
          : 'no longer there'
      }
      lines={lifeOf(film.events, scene.now, Number(name.slice(1)) || 0, opened, nameOf)}
      onClose={() => setOpened(undefined)}
    />
  );
}
