import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { CornerDownLeft, FlaskConical, Inbox, Plug, Search, Settings2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { runAction, shownKey, textOf } from '@/actions/action';
import { explorerOf, goToConnection } from '@/actions/app-actions';
import { openQueueByName } from '@/actions/open-by-name';
import { queueOnScreen } from '@/actions/queue-on-screen';
import { queueNameProblem } from '@/azure/protocol/input-rules';
import type { Account } from '@/azure/protocol/model';
import { lessonList } from '@/features/lab/text/lesson-list';
import { focusSetting, SETTING_NAMES } from '@/features/settings/setting-names';
import { useKnownQueues } from '@/queries/known-queues';
import { useAccount } from '@/queries/use-account';
import { latestSample } from '@/state/activity/queue-counts';
import { onlyQueueOf, useConnections } from '@/state/connections/connections';
import { environmentOf } from '@/state/connections/environments';
import { useCommandList } from '@/state/navigation/commands';
import { goTo, openQueue } from '@/state/navigation/route';
import { REFUSES_SECRETS } from '@/state/navigation/secret-offer';
import { mayNameQueues } from '@/state/permissions/nameable-queues';
import { useArrived } from '@/ui/browser/arriving';
import { focusRowsOf } from '@/ui/browser/focus-when-there';
import { EnvironmentBadge } from '@/ui/controls/badge';
import { Kbd } from '@/ui/controls/button';
import { cx } from '@/ui/format/cx';
import { backdrop, panel } from '@/ui/overlay/dialog-context';
import { count } from '@/words/counts';
import { runCommand } from '../bindings';
import { useCurrentConnection, useExplorerRoute } from '../page';
import { allCommands } from './all-commands';
import { type Choice, type Found, findChoices, type Kind } from './palette-choices';

const ICONS: Record<Kind, ReactNode> = {
  command: <CornerDownLeft />,
  queue: <Inbox />,
  connection: <Plug />,
  lesson: <FlaskConical />,
  setting: <Settings2 />,
};
const HEADS: Record<Kind, string> = {
  command: 'Commands',
  queue: 'Queues',
  connection: 'Connections',
  lesson: 'Lessons of the lab',
  setting: 'Settings',
};

/** Type to find a queue, a command or a connection; arrows choose, Enter goes. */
export default function CommandPalette({ onClose }: { onClose: () => void }) {
  const connection = useCurrentConnection();
  const account = useAccount(connection?.id);
  return account ? (
    <WithQueues account={account} onClose={onClose} />
  ) : (
    <Palette queues={[]} placeholder="Find a command" onClose={onClose} />
  );
}

function WithQueues({ account, onClose }: { account: Account; onClose: () => void }) {
  const { names, isWhole } = useKnownQueues(account);
  const queues = names.map((name): Choice => {
    const known = latestSample(account.id, name)?.count;
    return {
      kind: 'queue',
      id: `queue-${name}`,
      title: name,
      hint: known === undefined ? '' : `≈ ${count(known)}`,
      run: () => {
        goTo({ ...explorerOf(account.id), queue: name });
        void focusRowsOf(name);
      },
    };
  });

  /** A queue that is not among those that the page knows, by its whole name. */
  function byName(text: string): Choice | undefined {
    const name = text.trim();
    if (queueNameProblem(name) !== undefined || names.includes(name) || !mayNameQueues(account.id)) return undefined;
    return {
      kind: 'queue',
      id: 'queue-by-name',
      title: `Open queue "${name}"`,
      hint: isWhole ? 'Not in the list' : 'By its name',
      run: () => (isWhole ? openQueue : openQueueByName)(account.id, name),
    };
  }

  return (
    <Palette
      queues={queues}
      byName={byName}
      placeholder={`Find a queue in ${account.name} or a command`}
      onClose={onClose}
    />
  );
}

type PaletteProps = {
  queues: readonly Choice[];
  /** What is offered below all that is found. */
  byName?: (text: string) => Choice | undefined;
  placeholder: string;
  onClose: () => void;
};

function Palette({ queues, byName, placeholder, onClose }: PaletteProps) {
  const [text, setText] = useState('');
  useArrived();
  const matches = findChoices(
    [...useCommandChoices(), ...queues, ...useConnectionChoices(), ...LESSON_CHOICES, ...SETTING_CHOICES],
    text,
  );
  const named = byName?.(text);
  const found: Found[] = named ? [...matches, { kind: 'queue', items: [named], more: 0 }] : matches;
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={backdrop} />
        <Dialog.Popup
          aria-label="Search or run a command"
          className={cx(
            panel,
            'top-24! flex max-h-[min(480px,calc(100dvh-128px))]! w-140 translate-y-0! flex-col max-desk:top-3!',
          )}
        >
          <Autocomplete.Root
            inline
            open
            // `findChoices` has filtered and ranked them.
            mode="none"
            items={found}
            value={text}
            onValueChange={(value, { reason }) => reason === 'input-change' && setText(value)}
            autoHighlight="always"
            keepHighlight
          >
            <div className="flex h-12 flex-none items-center gap-2.5 border-b border-line px-4">
              <Search className="text-text-3" />
              <Autocomplete.Input
                aria-label="Search or run a command"
                spellCheck={false}
                placeholder={placeholder}
                {...REFUSES_SECRETS}
                // The only tab stop in here: between two focus guards, a fast Tab could end on neither.
                onKeyDown={(event) => event.key === 'Tab' && event.preventDefault()}
                className="h-full min-w-0 flex-1 bg-transparent text-15 outline-none placeholder:text-text-3"
              />
              <Kbd>Esc</Kbd>
            </div>
            <Autocomplete.Empty>
              {found.length === 0 && <p className="px-4 py-3 text-text-3">Nothing matches {text}</p>}
            </Autocomplete.Empty>
            <Autocomplete.List aria-label="Found" className="min-h-0 flex-1 overflow-y-auto p-1.5 data-empty:hidden">
              {({ kind, items, more }: Found, index: number) => (
                <Autocomplete.Group key={`${kind}-${index}`} items={items}>
                  <Autocomplete.GroupLabel className="px-2.5 pt-1.5 pb-0.5 text-11 font-semibold text-text-3">
                    {HEADS[kind]}
                  </Autocomplete.GroupLabel>
                  <Autocomplete.Collection>
                    {(choice: Choice) => <Option key={choice.id} choice={choice} onClose={onClose} />}
                  </Autocomplete.Collection>
                  {more > 0 && <p className="px-2.5 py-1 text-12 text-text-3">{count(more)} more: type on</p>}
                </Autocomplete.Group>
              )}
            </Autocomplete.List>
          </Autocomplete.Root>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

type OptionProps = { choice: Choice; onClose: () => void };

const Option = ({ choice, onClose }: OptionProps) => (
  <Autocomplete.Item
    value={choice}
    onClick={() => {
      // Closes first, because the command may open a dialog.
      onClose();
      choice.run();
    }}
    // Choosing it shows the reason.
    aria-disabled={choice.isOff || undefined}
    aria-keyshortcuts={choice.keys?.replace('Ctrl', 'Control').replaceAll(' ', '+')}
    className="flex h-8 items-center gap-2.5 rounded-6 px-2.5 aria-disabled:text-text-3 data-highlighted:bg-active max-desk:h-11 forced-colors:data-highlighted:outline [&>.lucide]:text-text-3"
  >
    {ICONS[choice.kind]}
    <span className="min-w-0 flex-1 truncate">{choice.title}</span>
    {choice.environment && <EnvironmentBadge environment={choice.environment} />}
    <span className={cx('truncate text-12 text-text-3', choice.isOff && 'max-w-3/5')}>{choice.hint}</span>
    {choice.keys && <Kbd>{choice.keys}</Kbd>}
  </Autocomplete.Item>
);

function useCommandChoices(): Choice[] {
  const registered = useCommandList();
  const connection = useCurrentConnection();
  const explorer = useExplorerRoute();
  // The palette covers the page, which stands still meanwhile.
  const [on] = useState(queueOnScreen);
  const at = connection && {
    connectionId: connection.id,
    queue: explorer?.queue,
    isOneQueue: onlyQueueOf(connection.id) !== undefined,
  };
  return allCommands({ registered, on, at })
    .filter(({ id }) => id !== 'app.commands')
    .map((command): Choice => {
      const { id, title, about, reason } = command;
      return {
        kind: 'command',
        id: `command-${id}`,
        title,
        hint: reason ?? about,
        isOff: reason !== undefined,
        keys: shownKey(command),
        run: () => runCommand(command),
      };
    });
}

const LESSON_CHOICES = lessonList().map(
  ({ id, title, concept }): Choice => ({
    kind: 'lesson',
    id: `lesson-${id}`,
    title,
    hint: concept,
    run: () => goTo({ screen: 'lab', part: id }),
  }),
);

const SETTING_CHOICES = SETTING_NAMES.map(
  (name): Choice => ({
    kind: 'setting',
    id: `setting-${name}`,
    title: name,
    hint: 'Setting',
    run: () => {
      goTo({ screen: 'settings' });
      void focusSetting(name);
    },
  }),
);

const useConnectionChoices = () =>
  useConnections().map((connection, index): Choice => {
    const action = goToConnection(connection, index);
    return {
      kind: 'connection',
      id: `connection-${index}`,
      title: textOf(action.label, {}),
      hint: new URL(connection.endpoint).host,
      environment: environmentOf(connection.environment),
      keys: shownKey(action),
      run: () => runAction(action, {}),
    };
  });
