import { closeDialog } from '@/state/dialogs';
import { go } from '@/state/place';
import { Button } from '@/ui/button';
import { exchangeOf } from './failure-words';

/** Goes to the request that failed, when it reached the wire. */
export function ViewRequest({ error }: { error: Error }) {
  const exchange = exchangeOf(error);
  if (!exchange) return null;
  const view = () => {
    closeDialog();
    go({ screen: 'wire', exchange });
  };
  return (
    <Button variant="link" onClick={view}>
      View request
    </Button>
  );
}
