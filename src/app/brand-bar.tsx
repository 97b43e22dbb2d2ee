import { Logo } from './logo';
import { ThemeButton } from './theme-button';

/** The name and the theme, above the first screen a newcomer may see. */
export const BrandBar = () => (
  <div className="flex h-13 items-center gap-2.5 px-6 max-desk:px-4">
    <Logo />
    <span className="flex-1 text-15 font-semibold">Queuescope</span>
    <ThemeButton />
  </div>
);
