import { Ellipsis } from 'lucide-react';
import { IconButton } from '@/ui/controls/button';
import { Menu } from '@/ui/overlay/menu';
import type { MenuItem } from '@/ui/overlay/menu-item';

/** What the head of the lab has no room for in a small window. Loaded there alone, as it brings the code of menus. */
export default function MoreMenu({ items }: { items: readonly MenuItem[] }) {
  return <Menu trigger={<IconButton size="lg" label="More of the lab" icon={<Ellipsis />} />} items={items} />;
}
