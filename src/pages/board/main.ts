import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import { meetEditor } from '../editor.ts';
import { adoptSheets } from '../look/sheet.ts';
import { theme } from '../look/theme.ts';
import type { FromBoardPage, ToBoardPage } from '../protocol.ts';
import { BoardElement } from './boardElement.ts';
import { boardSheet } from './boardSheet.ts';
import { cardSheet } from './cardSheet.ts';
import { LaneElement } from './laneElement.ts';
import { ToolbarElement } from './toolbar.ts';

adoptSheets(theme, boardSheet, cardSheet);
customElements.define('boardwalk-toolbar', ToolbarElement);
customElements.define('boardwalk-lane', LaneElement);
customElements.define('boardwalk-board', BoardElement);
document.body.append(new BoardElement(meetEditor<ToBoardPage, FromBoardPage>()));
