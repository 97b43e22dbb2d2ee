import { CopyButton } from '@/ui/code/code';

type CommandLineProps = {
  text: string;
  /** Name of the copy button. */
  label: string;
  /** What is announced once it is copied. */
  copied?: string;
};

/** A line of code in a box, with a button that copies it. */
export const CommandLine = ({ text, ...button }: CommandLineProps) => (
  <div className="flex h-8 items-center gap-2 rounded-6 border border-line bg-sunken pr-1 pl-2.5 max-desk:h-11">
    <code className="min-w-0 flex-1 truncate font-mono text-12">{text}</code>
    <CopyButton size="sm" text={text} {...button} />
  </div>
);
