import type { ComponentProps } from 'react';
import { Button } from '../controls/button';

/** The button in the footer of a dialog that closes it, as Esc does. */
export const CloseButton = ({ children = 'Close', ...button }: ComponentProps<typeof Button>) => (
  <Button size="lg" kbd="Esc" {...button}>
    {children}
  </Button>
);
