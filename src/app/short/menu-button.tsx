import { Menu } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '@/ui/controls/button';
import { DIALOG, quietPart } from '@/ui/parts/lazy-part';

const MenuDialog = quietPart(async () => (await import('./menu-dialog')).default, DIALOG);

/** In a short window, what the rail, the tabs and the status bar lead to. */
export function MenuButton() {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <IconButton
        label="Menu: connections, queues, Lab, Requests, Settings"
        icon={<Menu />}
        aria-haspopup="dialog"
        className="size-9!"
        onClick={() => setIsOpen(true)}
      />
      {isOpen && <MenuDialog onClose={() => setIsOpen(false)} />}
    </>
  );
}
