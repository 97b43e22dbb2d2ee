import { Search } from 'lucide-react';
import { useId, useState } from 'react';
import type { Player } from '../play/player';
import { findMessage } from '../scene/life-of';

/** Opens the life of a message by its number or the beginning of its id: also of one that is in no lane any more. */
export function FindMessage({ player, onFound }: { player: Player; onFound: (id: string) => void }) {
  const [text, setText] = useState('');
  const [isMissing, setMissing] = useState(false);
  const note = useId();
  return (
    <form
      className="find"
      onSubmit={(event) => {
        event.preventDefault();
        const id = findMessage(player.film.events, player.scene().now, text);
        setMissing(id === undefined && text.trim() !== '');
        if (id !== undefined) onFound(id);
      }}
    >
      <Search size={14} aria-hidden="true" />
      <input
        type="search"
        enterKeyHint="search"
        aria-label="Find a message"
        aria-describedby={isMissing ? note : undefined}
        aria-invalid={isMissing || undefined}
        placeholder="Find #1042"
        maxLength={40}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setMissing(false);
        }}
      />
      {isMissing && (
        <span id={note} role="alert" className="find__n">
          No such message has been sent yet
        </span>
      )}
    </form>
  );
}
