import { MenuButton } from './menu-button';

export { MenuButton };

/** The sticky line of a short window over a screen that has no line of its own. */
export const ShortLine = ({ title }: { title: string }) => (
  <div className="sticky top-0 z-20 flex h-11 items-center gap-1 border-b border-line bg-canvas px-2 max-line:px-1">
    <MenuButton />
    <span aria-hidden="true" className="min-w-0 flex-1 truncate px-1 text-15 font-semibold">
      {title}
    </span>
  </div>
);
