import { SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import type { Params } from '@/lab/run/params';
import type { Act } from '@/lab/run/run';
import { Button } from '@/ui/controls/button';
import { Popover } from '@/ui/overlay/popover';
import { changedSettings, MoreSettings } from '../shared/settings';

/** The settings that the bar has no room for. */
export function MoreSettingsButton(props: { params: Params; usual: Params; act: (act: Act) => void }) {
  const [button, setButton] = useState<HTMLButtonElement | null>(null);
  const [isOpen, setOpen] = useState(false);
  const changed = changedSettings(props.params, props.usual).length;
  return (
    <>
      <Button
        ref={setButton}
        variant="ghost"
        className="ctl__m"
        icon={<SlidersHorizontal />}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        title={changed > 0 ? `More settings; ${changed} changed` : 'More settings'}
        onClick={() => setOpen(!isOpen)}
      >
        More
      </Button>
      {isOpen && (
        <Popover anchor={button} title="More settings" onClose={() => setOpen(false)}>
          <MoreSettings {...props} />
        </Popover>
      )}
    </>
  );
}
