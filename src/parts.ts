// Everything the extension is made of. A bundle of its own, loaded when the view is first drawn or a command first run,
// so that activation costs next to nothing. The translation comes first: modules hold texts as constants.
import './host/l10n.ts';

export { BrowserSignIns } from './commands/browserSignIn.ts';
export { DragAndDrop } from './commands/dragAndDrop.ts';
export { runCommand } from './commands/index.ts';
export { Pages, pageTypes } from './commands/pages.ts';
export { resumeSignIns, signInFor, takeSignInAnswer } from './commands/signIn.ts';
export { Accounts } from './core/accounts.ts';
export { ArrangementStore } from './core/arrangementStore.ts';
export { Changes } from './core/changes.ts';
export { Handshakes } from './core/handshakes.ts';
export { KnownCards } from './core/knownCards.ts';
export { LiveBoards } from './core/liveBoards.ts';
export { Sessions } from './core/sessions.ts';
export { Transfers } from './core/transfers.ts';
export { Windows } from './core/windows.ts';
export { PartRecords } from './files/disk/partRecords.ts';
export { DocumentFileSystem } from './files/documentFileSystem.ts';
export { performer } from './files/performTransfer.ts';
export { Places } from './files/places.ts';
export { receive, send } from './files/transport.ts';
export { Authentication } from './host/authentication.ts';
export { ChangesLog } from './host/changesLog.ts';
export { mayKeepHere, sayLost } from './host/keyring.ts';
export { openLink } from './host/link.ts';
export { logOf } from './host/log.ts';
export { Practice } from './host/practice.ts';
export { reporter } from './host/report.ts';
export { secretsIn } from './host/secrets.ts';
export { providers } from './providers/index.ts';
export { registerCardLinks } from './views/cardLinks.ts';
export { MyCardLines } from './views/myCardLines.ts';
export { MyCards } from './views/myCards.ts';
export { registerTodoActions } from './views/todoActions.ts';
export { TransferList } from './views/transferList.ts';
export { Tree } from './views/tree.ts';
