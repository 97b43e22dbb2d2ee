import { Button } from '@/ui/controls/button';

/** Says that the text is what was left of an earlier time, and offers to be rid of it. */
export const RestoredNote = ({ onDiscard }: { onDiscard: () => void }) => (
  <span className="ml-2 flex items-center gap-1 text-12 text-text-3">
    Draft restored
    <Button variant="link" onClick={onDiscard}>
      Discard draft
    </Button>
  </span>
);
