import { useEffect, useEffectEvent } from 'react';
import { create } from 'zustand';

/** Something a person can do by key, from the palette and, where shown, by a button. */
export type Command = {
  /** Unique while registered, e.g. `messages.delete`. */
  id: string;
  /** Verb and object in sentence case, e.g. `Add message`. */
  title: string;
  group: 'Go to' | 'Queues' | 'Messages' | 'Leases' | 'View' | 'Connections';
  /** tinykeys bindings, e.g. `n`, `$mod+k`, `g e`, `Shift+?`. The first is the one shown. */
  keys?: readonly string[] | undefined;
  run: () => void;
  /** False lists it in the shortcuts sheet alone: its key does nothing. */
  enabled?: boolean | undefined;
  /** Why it cannot be done now, as a sentence: it stays listed, and says so when it is asked for. */
  reason?: string | undefined;
  /** A focused grid takes its keys itself, and the shortcuts sheet lists them there. */
  isOfGrid?: boolean | undefined;
};

const store = create<{ commands: readonly Command[] }>(() => ({ commands: [] }));

export const useCommandList = () => store((state) => state.commands);
export const currentCommands = () => store.getState().commands;

/** Registers commands for as long as the component is mounted; `run` always sees the latest render. */
export function useCommands(commands: readonly Command[]) {
  const run = useEffectEvent((id: string) => commands.find((command) => command.id === id)?.run());
  const shape = JSON.stringify(commands);
  useEffect(() => {
    const copies = JSON.parse(shape) as Omit<Command, 'run'>[];
    const mine = copies.map((command) => Object.assign(command, { run: () => run(command.id) }));
    store.setState((state) => ({ commands: [...state.commands, ...mine] }));
    return () => store.setState((state) => ({ commands: state.commands.filter((one) => !mine.includes(one)) }));
  }, [shape]);
}
