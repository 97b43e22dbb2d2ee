import { Button, type ButtonProps, IconButton, type IconButtonProps } from '@/ui/controls/button';
import { type Action, iconOf, runAction, type Subject, shownKey, textOf, useAvailability } from './action';

type OfAction<On> = {
  action: Action<On>;
  on: On;
  /** Why it cannot be done here, besides what the action says. */
  reason?: string | undefined;
};

/** The button of an action: with its icon and its key, unless it has a text of its own. Off, it says why. */
export function ActionButton<On extends Subject>({
  action,
  on,
  reason,
  hasKey = true,
  ...props
}: OfAction<On> & Omit<ButtonProps, 'reason' | 'kbd'> & { hasKey?: boolean }) {
  const isPlain = props.children !== undefined;
  const denied = useAvailability(action, on).reason;
  return (
    <Button
      variant={action.tone}
      icon={isPlain ? undefined : iconOf(action, on)}
      kbd={hasKey && !isPlain ? shownKey(action) : undefined}
      title={action.hint && textOf(action.hint, on)}
      onClick={() => runAction(action, on)}
      {...props}
      reason={denied ?? reason}
    >
      {props.children ?? textOf(action.label, on)}
    </Button>
  );
}

/** The same as an icon alone. */
export function ActionIconButton<On extends Subject>({
  action,
  on,
  reason,
  hasKey = true,
  ...props
}: OfAction<On> & Partial<Omit<IconButtonProps, 'keys'>> & { hasKey?: boolean }) {
  const denied = useAvailability(action, on).reason;
  return (
    <IconButton
      label={textOf(action.label, on)}
      icon={iconOf(action, on)}
      keys={hasKey ? shownKey(action) : undefined}
      onClick={() => runAction(action, on)}
      {...props}
      reason={denied ?? reason}
    />
  );
}
