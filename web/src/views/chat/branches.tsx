import { Button } from '../../components/button';
import { choose } from '../../state/conversation';
import { change } from '../../state/conversations';
import { useTexts } from '../../text';

interface BranchesProps {
  conversationId: string;
  siblings: string; // ids, separated by commas
  at: number;
}

// Which of the branches is shown, and the way to the others.
export function Branches({ conversationId, siblings, at }: BranchesProps) {
  const t = useTexts();
  const ids = siblings.split(',');
  if (ids.length < 2) return null;
  const show = (i: number): void =>
    change(conversationId, (old) => {
      const turn = old.turns[ids[i] ?? ''];
      return turn === undefined ? old : choose(old, turn);
    });
  return (
    <span class="branches" role="group" aria-label={t.chat.branch(at + 1, ids.length)}>
      <Button icon="left" bare label={t.chat.previous} disabled={at === 0} onClick={() => show(at - 1)} />
      <span class="numbers" aria-hidden="true">{at + 1}/{ids.length}</span>
      <Button icon="right" bare label={t.chat.next} disabled={at === ids.length - 1} onClick={() => show(at + 1)} />
    </span>
  );
}
