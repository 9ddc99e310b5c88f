import { homedir } from "node:os";
import * as vscode from "vscode";
import {
  methodSettings,
  methodStatus,
  type SettingStatus,
  type Status,
} from "../protocol";
import { report } from "../report";
import { ServerUnavailable } from "../session";
import type { Command } from ".";

/** Copies what a bug report should say. A server that is down is no hindrance, but the reason for one. */
export const copyReport: Command =
  ({ session, current, extension }) =>
  async () => {
    const ask = async <R>(method: string, otherwise: R): Promise<R> => {
      try {
        return await session.request<R>(method, { uri: current.uri ?? "" });
      } catch (error) {
        if (error instanceof ServerUnavailable) {
          return otherwise;
        }
        throw error;
      }
    };
    const status = await ask<Status | null>(methodStatus, null);
    const settings = await ask<SettingStatus[]>(methodSettings, []);
    const { version } = extension.packageJSON as { version: string };
    const text = report({
      versions: {
        Extension: version,
        "Server program": session.version,
        "VS Code": vscode.version,
        System: `${process.platform} ${process.arch}${vscode.env.remoteName === undefined ? "" : `, ${vscode.env.remoteName}`}`,
        Prefect: status?.prefect,
      },
      server: session.state,
      home: homedir(),
      status,
      settings,
    });
    await vscode.env.clipboard.writeText(text);
    vscode.window.setStatusBarMessage(
      "Copied. Keys, ids and your home folder are masked.",
      10_000,
    );
  };
