import * as vscode from "vscode";
import { documentSelector } from "./document-selector";
import { methodAPIURL, type APIURLResult } from "./protocol";
import type { Session } from "./session";

/** What VS Code has had since 1.97, and the types of the oldest VS Code that we run in do not know. */
interface PasteApi {
  readonly languages: {
    registerDocumentPasteEditProvider?(
      selector: vscode.DocumentSelector,
      provider: {
        provideDocumentPasteEdits(
          document: vscode.TextDocument,
          ranges: readonly vscode.Range[],
          transfer: vscode.DataTransfer,
          context: unknown,
          token: vscode.CancellationToken,
        ): Promise<readonly PasteEdit[] | undefined>;
      },
      metadata: {
        readonly pasteMimeTypes: readonly string[];
        readonly providedPasteEditKinds: readonly Kind[];
      },
    ): vscode.Disposable;
  };
  readonly DocumentPasteEdit: new (
    insertText: string,
    title: string,
    kind: Kind,
  ) => PasteEdit;
  readonly DocumentDropOrPasteEditKind: {
    readonly Text: Kind & { append(...parts: string[]): Kind };
  };
}

interface Kind {
  readonly value: string;
}

interface PasteEdit {
  yieldTo?: readonly Kind[];
}

const plainText = "text/plain";

/** Addresses of pages are short, and start so. */
const page = /^https?:\/\/\S{1,2000}$/;

/** Offers, where a page of Prefect in the browser is pasted, the URL of its API. What was pasted stays until it is chosen. */
export function offerApiUrl(session: Session): vscode.Disposable {
  const api = vscode as unknown as PasteApi;
  const { DocumentPasteEdit, DocumentDropOrPasteEditKind: kinds } = api;
  if (api.languages.registerDocumentPasteEditProvider === undefined) {
    return new vscode.Disposable(() => undefined);
  }
  const kind = kinds.Text.append("prefect", "apiUrl");
  return api.languages.registerDocumentPasteEditProvider(
    documentSelector,
    {
      provideDocumentPasteEdits: async (
        _document,
        _ranges,
        transfer,
        _context,
        token,
      ) => {
        const text = (await transfer.get(plainText)?.asString())?.trim() ?? "";
        if (!page.test(text)) {
          return undefined;
        }
        const result = await session.query<APIURLResult>(
          methodAPIURL,
          { page: text },
          token,
        );
        if (result === null) {
          return undefined;
        }
        const edit = new DocumentPasteEdit(
          result.apiUrl,
          "Paste as the API URL of this workspace",
          kind,
        );
        edit.yieldTo = [kinds.Text];
        return [edit];
      },
    },
    { pasteMimeTypes: [plainText], providedPasteEditKinds: [kind] },
  );
}
