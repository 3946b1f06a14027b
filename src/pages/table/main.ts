import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import { meetEditor } from '../editor.ts';
import { adoptSheets } from '../look/sheet.ts';
import { theme } from '../look/theme.ts';
import type { FromTablePage, ToTablePage } from '../tableProtocol.ts';
import { barSheet } from './barSheet.ts';
import { GridElement } from './gridElement.ts';
import { gridSheet } from './gridSheet.ts';
import { TableElement } from './tableElement.ts';

adoptSheets(theme, barSheet, gridSheet);
customElements.define('boardwalk-grid', GridElement);
customElements.define('boardwalk-table', TableElement);
document.body.append(new TableElement(meetEditor<ToTablePage, FromTablePage>()));
