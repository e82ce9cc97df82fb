#pragma once

#include "commands/invocation.hpp"

#include <optional>
#include <string>
#include <vector>

/// The subcommands: what the command line said, and a function each that returns the exit code.
namespace crier::commands {

struct RunOptions {
    bool once = false;
    bool dry_run = false;
};

struct CheckOptions {
    bool online = false;
    bool store = false; ///< read all of it
};

struct PreviewOptions {
    int days = 7;
    std::string account;
    std::string source; ///< naming one is asking for it: it is fetched
    int last = 5;
    int limit = 1000;    ///< posts at most: a mistyped `every: 1s` must not fill the disk
    bool table = false;  ///< a line each
    bool ics = false;    ///< as an iCalendar file
    bool online = false; ///< ask the servers for their limits, look at all sources, and run commands
};

struct ExplainOptions {
    std::string entry;
    int count = 10; ///< of firings to list
};

struct ItemsOptions {
    std::string what; ///< a source's name, an address or a file
    bool explain = false;
    std::string post; ///< the id (or its beginning) of the item to post
    std::string account;
    std::string plugin; ///< what reads an address, file or folder; empty: by its name
};

struct NamesOptions {
    std::vector<std::string> kinds; ///< accounts, sources, entries
};

struct PostOptions {
    std::string text; ///< "-": from standard input
    std::vector<std::string> media;
    std::vector<std::string> alt;
    std::string account;
    std::string at;
    std::string spoiler_text;
    std::string visibility;
    std::string language;
    std::string key;
    std::vector<std::string> poll; ///< its answers
    std::string poll_for = "1d";
    bool poll_multiple = false;
    bool poll_hide_totals = false;
    std::string in_reply_to;
    std::string quote;
    std::string quote_policy;
    std::string content_type;
    std::vector<std::string> focus;     ///< "X,Y", of the media in order
    std::vector<std::string> thumbnail; ///< the same
    bool strip_metadata = false;
    bool sensitive = false;
    bool local_only = false;
    bool pin = false;
    bool wait = false;
};

struct OutboxOptions {
    /// list, show, hold, release, retry, cancel, approve, edit, reschedule, delete, keep, pin, unpin
    std::string action = "list";
    std::vector<std::string> ids; ///< for reschedule: one, and the time
    std::string state;
    std::string since;
    std::string account;
    std::string origin;
    std::string reason;
    std::string grep;
    int limit = 50;
    bool anyway = false;
    std::optional<std::string> text; ///< "-": from standard input
    std::optional<std::string> spoiler_text;
    std::optional<std::string> visibility;
    std::optional<std::string> language;
    std::vector<std::string> alts; ///< "2:what the second picture shows"
};

struct UndoOptions {
    std::string since;
    std::string account; ///< empty: all
    std::string source;
    std::string entry;
    bool yes = false;
    bool dry_run = false;
    bool interactive = false; ///< there is a terminal to ask on
};

struct PauseOptions {
    std::string target;
    std::string length;
    std::string why;
    std::string since; ///< of resume: until when all was posted
};

struct DuplicatesOptions {
    std::string account; ///< empty: all
    std::string since = "7d";
};

struct AdoptOptions {
    std::string account;
    std::string source; ///< empty: all that post to it
    std::string since;  ///< empty: to its first status
    bool dry_run = false;
};

struct ExportOptions {
    std::string what = "all"; ///< seen, outbox, all
    std::string out = "-";    ///< "-": standard output
    bool force = false;
};

struct BackupOptions {
    std::string file; ///< a folder: a name by the time in it
    bool force = false;
    std::optional<int> keep; ///< in a folder: so many of the newest
};

struct ImportOptions {
    std::string file; ///< "-": from standard input
    std::string from; ///< feed2toot, feediverse; empty: crier's own export
    bool dry_run = false;
    bool release = false;   ///< nobody else posts: nothing is held
    std::string out;        ///< where a configuration is written; empty: to standard output
    std::string token_file; ///< where the token is written; empty: nowhere
    std::string state;      ///< what the other bot has posted, where it is not where its file says
    std::string handle;
};

struct PluginOptions {
    std::string action; ///< list, test, or serve: what crier itself runs for a shared object
    std::string file;
    std::string input;                 ///< a document
    std::vector<std::string> settings; ///< "name=value"
};

struct InitOptions {
    std::string server;
    std::string handle;
    std::string feed;
    std::string folder;   ///< whose files are posts
    std::string timezone; ///< empty: the machine's
    std::string mode;     ///< live, hold or dry; empty: asked for, else live
    std::string directory = ".";
    bool offline = false; ///< look at no server and no feed while asking
    bool force = false;
    bool systemd = false;
    bool interactive = false; ///< standard input is a terminal
};

struct LoginOptions {
    std::string server;  ///< empty: the account's
    std::string account; ///< of the configuration; empty: the one on that server
    std::string out;     ///< empty: where the account's `token` says
    std::string scopes;  ///< empty: what the configuration needs
    bool print = false;
    bool force_login = false;
    bool browser = false;    ///< it runs on this machine, and brings the code back
    bool no_browser = false; ///< it runs elsewhere: the code is typed
    bool code_from_stdin = false;
    bool revoke_old = false;
    int port = 0; ///< of the redirect; 0: any that is free
    std::string wait = "10m";
    bool interactive = false; ///< standard input is a terminal
};

struct TokenOptions {
    std::string action = "check"; ///< check, revoke
    std::string account;          ///< empty: all, or the only one
    bool yes = false;
    bool interactive = false;
};

[[nodiscard]] int run(const Invocation& call, const RunOptions& options);
[[nodiscard]] int check(const Invocation& call, const CheckOptions& options);
[[nodiscard]] int preview(const Invocation& call, const PreviewOptions& options);
[[nodiscard]] int next(const Invocation& call, int count);
[[nodiscard]] int explain(const Invocation& call, const ExplainOptions& options);
[[nodiscard]] int items(const Invocation& call, const ItemsOptions& options);
[[nodiscard]] int plugin(const Invocation& call, const PluginOptions& options);
/// Nothing at all where there is no good configuration: whoever asks is in the middle of typing.
[[nodiscard]] int names(const Invocation& call, const NamesOptions& options);
[[nodiscard]] int post(const Invocation& call, const PostOptions& options);
[[nodiscard]] int status(const Invocation& call);
[[nodiscard]] int why(const Invocation& call, const std::string& about);
[[nodiscard]] int outbox(const Invocation& call, const OutboxOptions& options);
[[nodiscard]] int undo(const Invocation& call, const UndoOptions& options);
[[nodiscard]] int pause(const Invocation& call, const PauseOptions& options);
[[nodiscard]] int resume(const Invocation& call, const PauseOptions& options);
[[nodiscard]] int duplicates(const Invocation& call, const DuplicatesOptions& options);
[[nodiscard]] int adopt(const Invocation& call, const AdoptOptions& options);
[[nodiscard]] int export_store(const Invocation& call, const ExportOptions& options);
[[nodiscard]] int backup(const Invocation& call, const BackupOptions& options);
[[nodiscard]] int import_store(const Invocation& call, const ImportOptions& options);
[[nodiscard]] int test_alerts(const Invocation& call);
[[nodiscard]] int init(const Invocation& call, const InitOptions& options);
[[nodiscard]] int login(const Invocation& call, const LoginOptions& options);
[[nodiscard]] int token_check(const Invocation& call, const TokenOptions& options);
[[nodiscard]] int token_revoke(const Invocation& call, const TokenOptions& options);

} // namespace crier::commands
