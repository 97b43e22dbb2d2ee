import { useEffectEvent, useLayoutEffect } from 'react';
import { create } from 'zustand';

/** An action with a key binding, listed in the palette and the shortcuts. */
export type Command = {
  /** Unique while registered, e.g. `messages.delete`. */
  id: string;
  /** Verb and object in sentence case, e.g. `Add message`. */
  title: string;
  group: 'Go to' | 'Queues' | 'Messages' | 'Leases' | 'Lab' | 'View' | 'Connections';
  /** tinykeys bindings, e.g. `n`, `$mod+k`, `g e`, `Shift+?`. The first is the one shown. */
  keys?: readonly string[] | undefined;
  run: () => void;
  /** False disables its key; the shortcuts still list it. */
  enabled?: boolean | undefined;
  /** Why it is not available now, as a sentence; shown when it is called. */
  reason?: string | undefined;
  /** A focused grid takes its keys itself, and the shortcuts sheet lists them there. */
  isOfGrid?: boolean | undefined;
};

const store = create<{ commands: readonly Command[] }>(() => ({ commands: [] }));

export const useCommandList = () => store((state) => state.commands);
export const currentCommands = () => store.getState().commands;

/**
 * Registers commands for as long as the component is mounted; `run` always sees the latest render. They are there as soon as what
 * they belong to is on screen: a key that is pressed in that instant is theirs.
 */
export function useCommands(commands: readonly Command[]) {
  const run = useEffectEvent((id: string) => commands.find((command) => command.id === id)?.run());
  const shape = JSON.stringify(commands);
  useLayoutEffect(() => {
    const copies = JSON.parse(shape) as Omit<Command, 'run'>[];
    const mine = copies.map((command) => Object.assign(command, { run: () => run(command.id) }));
    store.setState((state) => ({ commands: [...state.commands, ...mine] }));
    return () => store.setState((state) => ({ commands: state.commands.filter((one) => !mine.includes(one)) }));
  }, [shape]);
}
