import { projectplace } from '../../src/providers/projectplace/index.ts';
import { malformedReplies } from './malformed.ts';

malformedReplies(projectplace, [{ place: /^(\d+\.)?checklist$/, why: 'a card without a checklist has null' }]);
