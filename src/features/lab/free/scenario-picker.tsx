import { ChevronDown } from 'lucide-react';
import { SCENARIOS, type Scenario } from '@/lab/run/scenarios';
import { goTo } from '@/state/navigation/route';
import { Menu } from '@/ui/overlay/menu';

/** Chooses the start of free play; another one opens with its own address. */
export function ScenarioPicker({ current, onAgain }: { current: Scenario; onAgain: () => void }) {
  const at = SCENARIOS.findIndex(({ id }) => id === current.id);
  return (
    <Menu
      align="start"
      label="Scenarios"
      trigger={
        <button type="button" className="scn">
          <b className="truncate">{current.title}</b>
          <span>
            scenario {at + 1} of {SCENARIOS.length}
          </span>
          <ChevronDown size={14} aria-hidden="true" />
        </button>
      }
      items={SCENARIOS.map(({ id, title }) => ({
        label: title,
        checked: id === current.id,
        onSelect: () =>
          id === current.id ? onAgain() : goTo({ screen: 'lab', part: 'free', query: `scenario=${id}` }),
      }))}
    />
  );
}
