import { Button } from '@/ui/controls/button';

export type AnswersProps = {
  chosen: number | undefined;
  /** What is chosen is not shown: a class is still thinking. */
  isHidden: boolean;
  /** −1: "I do not know". */
  onAnswer: (option: number) => void;
};

/** The two ways to answer. */
export function Answers({ chosen, isHidden, onAnswer }: AnswersProps) {
  return (
    <>
      <Button
        variant="primary"
        size="lg"
        kbd="⏎"
        reason={chosen === undefined && !isHidden ? 'Choose an answer first' : undefined}
        onClick={() => onAnswer(chosen ?? -1)}
      >
        Run and see
      </Button>
      <Button variant="ghost" size="lg" onClick={() => onAnswer(-1)}>
        I do not know
      </Button>
    </>
  );
}

/** The result in a few words. */
export const verdict = (agrees: boolean, mine: number): string =>
  agrees ? 'The run agrees with you' : mine < 0 ? 'The run says:' : 'The run says otherwise:';
