#include "commands/cli.hpp"

#include "commands/cli_described.hpp"
#include "commands/commands.hpp"
#include "commands/help.hpp"
#include "commands/usage_errors.hpp"
#include "media/picture_serve.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <functional>
#include <iterator>
#include <ostream>
#include <string>
#include <string_view>
#include <unistd.h>
#include <vector>

namespace crier::commands {

namespace {

/// The options of all subcommands, and the one that was chosen.
struct Choice {
    std::string config;
    bool json = false;
    RunOptions run;
    CheckOptions check;
    PreviewOptions preview;
    ExplainOptions explain;
    ItemsOptions items;
    PluginOptions plugin;
    NamesOptions names;
    media::PictureJob picture;
    PostOptions post;
    OutboxOptions outbox;
    UndoOptions undo;
    PauseOptions pause;
    DuplicatesOptions duplicates;
    AdoptOptions adopt;
    ExportOptions exports;
    BackupOptions backup;
    ImportOptions import;
    InitOptions init;
    LoginOptions login;
    TokenOptions token;
    std::string alerts;
    std::string why;
    int next = 10;
    std::function<int(const Invocation&)> action;
};

void add_config(CLI::App& app, Choice& choice) {
    app.add_option("--config", choice.config,
                   "configuration file (default: $CRIER_CONFIG, ./crier.yaml, /etc/crier/crier.yaml)");
}

/// A subcommand with what all of them take.
CLI::App* add(CLI::App& app, Choice& choice, const char* name, const char* description,
              std::function<int(const Invocation&)> action, bool prints_data) {
    CLI::App* command = app.add_subcommand(name, description);
    add_config(*command, choice);
    if (prints_data)
        command->add_flag("--json", choice.json, "print JSON");
    command->callback([&choice, action = std::move(action)] { choice.action = action; });
    return command;
}

void add_daemon(CLI::App& app, Choice& choice) {
    CLI::App* run = add(
        app, choice, "run", "the daemon, in the foreground",
        [&](const Invocation& call) { return commands::run(call, choice.run); }, false);
    run->add_flag("--once", choice.run.once, "do what is due, deliver it, and exit");
    run->add_flag("--dry-run", choice.run.dry_run, "on a copy of the store: mark nothing, send nothing");

    CLI::App* check = add(
        app, choice, "check", "is the configuration good?",
        [&](const Invocation& call) { return commands::check(call, choice.check); }, true);
    check->add_flag("--online", choice.check.online, "ask the servers and sources too");
    check->add_flag("--store", choice.check.store, "read the whole store too: is it damaged?");

    CLI::App* init = add(
        app, choice, "init", "write a first configuration",
        [&](const Invocation& call) { return commands::init(call, choice.init); }, false);
    init->add_option("--server", choice.init.server, "the account's server");
    init->add_option("--handle", choice.init.handle, "the account's name on it");
    init->add_option("--feed", choice.init.feed, "address of a feed to cross-post");
    init->add_option("--folder", choice.init.folder, "a folder whose texts and pictures are posts");
    init->add_option("--timezone", choice.init.timezone, "of the schedule (default: this machine's)");
    init->add_option("--mode", choice.init.mode, "live (default), hold: approve each post first; or dry")
        ->check(CLI::IsMember({"live", "hold", "dry"}));
    init->add_flag("--offline", choice.init.offline, "look at no server and no feed while asking");
    init->add_option("--directory", choice.init.directory, "where to write (default: here)");
    init->add_flag("--force", choice.init.force, "overwrite a configuration that is there");
    init->add_flag("--systemd", choice.init.systemd,
                   "for the service: into /etc/crier, store and socket where it has them");
}

void add_looking(CLI::App& app, Choice& choice) {
    CLI::App* preview = add(
        app, choice, "preview", "what would be posted when; marks nothing",
        [&](const Invocation& call) { return commands::preview(call, choice.preview); }, true);
    preview->add_option("--days", choice.preview.days, "how far ahead (default: 7)")
        ->check(CLI::Range(1, 3660));
    preview->add_option("--account", choice.preview.account, "only this account");
    preview->add_option("--source", choice.preview.source, "the posts that this source's items would make");
    preview->add_option("--last", choice.preview.last, "how many of its newest items (default: 5)")
        ->check(CLI::Range(1, 1000));
    preview->add_option("--limit", choice.preview.limit, "at most so many posts (default: 1000)")
        ->check(CLI::Range(1, 1'000'000));
    CLI::Option* ics = preview->add_flag("--ics", choice.preview.ics, "as a calendar file (iCalendar)");
    CLI::Option* table = preview->add_flag("--table", choice.preview.table, "a line each")->excludes(ics);
    preview->get_option("--json")->excludes(ics)->excludes(table);
    preview->add_flag("--online", choice.preview.online,
                      "ask the servers for their limits, look at all sources for what is new, and run the "
                      "commands of entries");

    CLI::App* next = add(
        app, choice, "next", "what goes out next",
        [&](const Invocation& call) { return commands::next(call, choice.next); }, true);
    next->add_option("-n", choice.next, "how many (default: 10)")->check(CLI::Range(1, 1000));

    CLI::App* explain = add(
        app, choice, "explain", "when an entry fires, in words, and the next times that it does",
        [&](const Invocation& call) { return commands::explain(call, choice.explain); }, true);
    explain->add_option("entry", choice.explain.entry, "an entry's name")->required();
    explain->add_option("-n", choice.explain.count, "how many of the next times (default: 10)")
        ->check(CLI::Range(1, 1000));

    CLI::App* items = add(
        app, choice, "items", "what a source yields, as JSON Lines",
        [&](const Invocation& call) { return commands::items(call, choice.items); }, true);
    items->add_option("what", choice.items.what, "a source's name, an address or a file")->required();
    items->add_flag("--explain", choice.items.explain, "each filter's verdict with it");
    items->add_option("--post", choice.items.post, "post the item with this id or link");
    items->add_option("--account", choice.items.account, "... on this account only");

    items->add_option("--plugin", choice.items.plugin, "what reads an address, file or folder");

    CLI::App* plugin = add(
        app, choice, "plugin", "plugins that there are; whether a shared object is a good one",
        [&](const Invocation& call) { return commands::plugin(call, choice.plugin); }, true);
    plugin->add_option("action", choice.plugin.action, "list, or test")
        ->required()
        ->check(CLI::IsMember({"list", "test", "serve"}));
    plugin->add_option("file", choice.plugin.file, "a shared object");
    plugin->add_option("--input", choice.plugin.input, "a document for it to read");
    plugin->add_option("--set", choice.plugin.settings, "a setting, name=value; may be repeated")
        ->expected(1)
        ->take_all();

    // What crier itself runs: no person's command, and so not shown.
    CLI::App* picture = app.add_subcommand("picture", "makes a picture smaller")->group("");
    picture->add_option("from", choice.picture.from)->required();
    picture->add_option("to", choice.picture.to)->required();
    picture->add_option("--suffix", choice.picture.suffix)->required();
    picture->add_option("--bytes", choice.picture.limits.bytes)->required();
    picture->add_option("--pixels", choice.picture.limits.pixels)->required();
    picture->add_flag("--bare", choice.picture.bare);
    picture->callback([&choice] {
        choice.action = [&choice](const Invocation&) { return media::serve_picture(choice.picture); };
    });

    // What completions ask: no person's command either.
    CLI::App* names = add(
        app, choice, "names", "what the configuration has names for, a line each",
        [&](const Invocation& call) { return commands::names(call, choice.names); }, false);
    names->group("");
    names->add_option("kinds", choice.names.kinds)
        ->required()
        ->check(CLI::IsMember({"accounts", "sources", "entries"}));

    (void)add(
        app, choice, "status", "how accounts, sources and the outbox stand",
        [](const Invocation& call) { return commands::status(call); }, true);

    CLI::App* why = add(
        app, choice, "why", "one chain from where a thing came from to now, and what it waits for",
        [&](const Invocation& call) { return commands::why(call, choice.why); }, true);
    why->add_option(
           "what", choice.why,
           "a post's number, the address of a published status or of an item, an item's id, or the name of "
           "an entry, source or account ([post:|item:|entry:|source:|account:] before it where several fit)")
        ->required();
}

void add_acting(CLI::App& app, Choice& choice) {
    CLI::App* post = add(
        app, choice, "post", "put one post into the outbox; prints its id",
        [&](const Invocation& call) { return commands::post(call, choice.post); }, true);
    post->add_option("text", choice.post.text, "the text, or - to read it from standard input")->required();
    post->add_option("--media", choice.post.media, "a file to attach (repeatable)");
    post->add_option("--alt", choice.post.alt, "what the --media before it shows (repeatable)");
    post->add_option("--account", choice.post.account, "where to (default: the only account)");
    post->add_option("--at", choice.post.at,
                     "when, with the zone: 2026-12-24T18:00:00+01:00; or how long from now: 2h");
    post->add_option("--cw", choice.post.spoiler_text, "content warning");
    post->add_option("--visibility", choice.post.visibility, "public, unlisted, private or direct");
    post->add_option("--language", choice.post.language, "ISO 639 code");
    post->add_option("--poll", choice.post.poll, "an answer of a poll (repeatable; two or more)");
    post->add_option("--poll-for", choice.post.poll_for, "how long the poll is open")->capture_default_str();
    post->add_flag("--poll-multiple", choice.post.poll_multiple, "more than one answer may be chosen");
    post->add_flag("--poll-hide-totals", choice.post.poll_hide_totals,
                   "the votes are not shown before the poll is over");
    post->add_option("--reply-to", choice.post.in_reply_to,
                     "a status that it replies to: its address on the account's server, or its id");
    post->add_option("--quote", choice.post.quote, "a status that it quotes, named in the same way");
    post->add_option("--quote-policy", choice.post.quote_policy,
                     "who may quote it: account, public, followers or nobody");
    post->add_option(
        "--content-type", choice.post.content_type,
        "what the text is written in, where the server takes more than text/plain: text/markdown, "
        "text/html, text/bbcode");
    post->add_option("--focus", choice.post.focus,
                     "what stays in view of the --media before it: X,Y, each from -1 to 1 (repeatable)");
    post->add_option("--thumbnail", choice.post.thumbnail,
                     "a picture that stands for the film or sound before it (repeatable)");
    post->add_flag("--strip-metadata", choice.post.strip_metadata,
                   "pictures are sent without place, time and device");
    post->add_flag("--sensitive", choice.post.sensitive, "hide the media until they are clicked");
    post->add_flag("--local-only", choice.post.local_only, "it stays on its server, where that offers it");
    post->add_flag("--pin", choice.post.pin, "pin it to the account's page once it is published");
    post->add_option("--key", choice.post.key, "the same key never makes two posts: safe to repeat");
    post->add_flag("--wait", choice.post.wait,
                   "until it is published (ten minutes at most); prints its address, too");

    CLI::App* outbox = add(
        app, choice, "outbox",
        "the queue, and what it has published: list, show, hold, release, retry, cancel, approve, edit, "
        "reschedule, delete, keep, pin, unpin",
        [&](const Invocation& call) { return commands::outbox(call, choice.outbox); }, true);
    outbox
        ->add_option("action", choice.outbox.action,
                     "list (default), show, hold, release, retry, cancel, approve, edit (also what is "
                     "published), reschedule, delete (from the server, with what is behind it in its "
                     "thread), keep (what waits to be deleted or edited is not), pin, unpin")
        ->check(CLI::IsMember({"list", "show", "hold", "release", "retry", "cancel", "approve", "edit",
                               "reschedule", "delete", "keep", "pin", "unpin"}));
    outbox->add_option("ids", choice.outbox.ids,
                       "which posts (reschedule: which one, and the time); instead, all that these fit:");
    outbox->add_option("--state", choice.outbox.state, "only posts in this state");
    outbox->add_option("--since", choice.outbox.since, "made since then: a time, or how long ago (2h)");
    outbox->add_option("--account", choice.outbox.account, "only this account's");
    outbox->add_option("--origin", choice.outbox.origin, "only what this source or entry made");
    outbox->add_option(
        "--reason", choice.outbox.reason,
        "only posts with this reason's code, as --json shows it: fuse, approval, refused, ...");
    outbox->add_option("--grep", choice.outbox.grep, "only texts that contain this");
    outbox->add_option("--limit", choice.outbox.limit, "how many at most (default: 50)")
        ->check(CLI::Range(1, 1'000'000));
    outbox->add_flag("--anyway", choice.outbox.anyway,
                     "send again what may be published already: a double is possible");
    outbox->add_option("--text", choice.outbox.text, "edit: the new text, or - for standard input");
    outbox->add_option("--cw", choice.outbox.spoiler_text, "edit: the content warning; \"\": none");
    outbox->add_option("--visibility", choice.outbox.visibility,
                       "edit: public, unlisted, private or direct; not of what is published");
    outbox->add_option("--language", choice.outbox.language, "edit: ISO 639 code; \"\": none");
    outbox
        ->add_option("--alt", choice.outbox.alts,
                     "edit: what a picture shows, with its number before it: \"2:the harbour\" (repeatable)")
        ->expected(1)
        ->take_all();

    CLI::App* alerts = add(
        app, choice, "alerts", "test: tell of a test by every way that `alerts` names",
        [](const Invocation& call) { return commands::test_alerts(call); }, true);
    alerts->add_option("action", choice.alerts, "test")->required()->check(CLI::IsMember({"test"}));

    CLI::App* undo = add(
        app, choice, "undo",
        "take back what was posted: pauses what made it, deletes at the server's pace (Mastodon: 30 in 30 "
        "minutes), cancels what waits; what was seen stays seen",
        [&](const Invocation& call) { return commands::undo(call, choice.undo); }, true);
    undo->add_option("--since", choice.undo.since, "posted since then: a time, or how long ago (2h)")
        ->required();
    undo->add_option("--account", choice.undo.account, "only on this account");
    undo->add_option("--source", choice.undo.source, "only what this source made, and all that waits of it");
    undo->add_option("--entry", choice.undo.entry, "only what this entry made");
    undo->add_flag("--yes", choice.undo.yes, "do not ask");
    undo->add_flag("--dry-run", choice.undo.dry_run, "list it, change nothing");

    CLI::App* pause = add(
        app, choice, "pause", "let an account, source, entry or everything rest",
        [&](const Invocation& call) { return commands::pause(call, choice.pause); }, true);
    pause->add_option("target", choice.pause.target, "[account:|source:|entry:]NAME; nothing: every account");
    pause->add_option("--for", choice.pause.length,
                      "how long an account rests (2h); nothing: until it is resumed");
    pause->add_option("--why", choice.pause.why, "shown in status");

    CLI::App* resume = add(
        app, choice, "resume", "let it go on",
        [&](const Invocation& call) { return commands::resume(call, choice.pause); }, true);
    resume->add_option("target", choice.pause.target, "[account:|source:|entry:]NAME; nothing: everything");
    resume->add_option(
        "--since", choice.pause.since,
        "after a backup was put back: until when all was posted (a time, or how long ago, 2h); "
        "what was due before is cancelled");
}

void add_account_page(CLI::App& app, Choice& choice) {
    CLI::App* duplicates = add(
        app, choice, "duplicates", "what is on the account's page twice, by whomever; 1 when anything is",
        [&](const Invocation& call) { return commands::duplicates(call, choice.duplicates); }, true);
    duplicates->add_option("--account", choice.duplicates.account, "only this account (default: all)");
    duplicates->add_option("--since", choice.duplicates.since,
                           "since then: a time, or how long ago (default: 7d)");

    CLI::App* adopt = add(
        app, choice, "adopt", "mark as seen what another bot posted: every link on the account's page",
        [&](const Invocation& call) { return commands::adopt(call, choice.adopt); }, true);
    adopt->add_option("account", choice.adopt.account, "whose page")->required();
    adopt->add_option("--source", choice.adopt.source, "only for this source (default: all that post there)");
    adopt->add_option("--since", choice.adopt.since,
                      "no further back than that: a time, or how long ago (90d)");
    adopt->add_flag("--dry-run", choice.adopt.dry_run, "list the links, mark nothing");
}

void add_moving(CLI::App& app, Choice& choice) {
    CLI::App* exports = add(
        app, choice, "export", "seen state and outbox as JSON Lines, beside the running daemon",
        [&](const Invocation& call) { return commands::export_store(call, choice.exports); }, false);
    exports->add_option("--what", choice.exports.what, "seen, outbox or all (default)")
        ->check(CLI::IsMember({"seen", "outbox", "all"}));
    exports->add_option("-o,--output", choice.exports.out, "a file (default: -, standard output)");
    exports->add_flag("--force", choice.exports.force, "overwrite a file that is there");

    CLI::App* backup = add(
        app, choice, "backup", "a checked copy of the whole store, beside the running daemon",
        [&](const Invocation& call) { return commands::backup(call, choice.backup); }, false);
    backup->add_option("file", choice.backup.file, "where to; in a folder, by the time")->required();
    backup->add_flag("--force", choice.backup.force, "overwrite a file that is there");
    backup->add_option("--keep", choice.backup.keep, "in a folder: so many, the oldest are removed")
        ->check(CLI::Range(1, 100000));

    CLI::App* import = add(
        app, choice, "import", "take in an export, or what feed2toot or feediverse posted",
        [&](const Invocation& call) { return commands::import_store(call, choice.import); }, true);
    ImportOptions& options = choice.import;
    import
        ->add_option("file", options.file,
                     "an export (- for standard input), or the other bot's configuration")
        ->required();
    import->add_option("--from", options.from, "another bot: feed2toot or feediverse")
        ->check(CLI::IsMember({"feed2toot", "feediverse"}));
    import->add_flag("--dry-run", options.dry_run, "say what would come of it, change nothing");
    import->add_flag("--release", options.release,
                     "an export: nobody else posts any more, so that nothing is held");
    import->add_option(
        "-o,--output", options.out,
        "another bot: write its configuration as one of crier's, and mark what it posted as seen");
    import->add_option("--token-file", options.token_file,
                       "another bot: write its token into this new file, of mode 0600");
    import->add_option("--state", options.state,
                       "feed2toot: its cache file, where its configuration does not name it");
    import->add_option("--handle", options.handle, "another bot: the account's name on its server");
}

void add_tokens(CLI::App& app, Choice& choice) {
    CLI::App* login = add(
        app, choice, "login", "get a token from a server, by its page in the browser",
        [&](const Invocation& call) { return commands::login(call, choice.login); }, false);
    LoginOptions& options = choice.login;
    login->add_option("server", options.server, "the account's server (default: of --account)");
    login->add_option("--account", options.account,
                      "which account of the configuration (default: the one on that server)");
    CLI::Option* out = login->add_option("--out", options.out,
                                         "the token's file (default: `token: {file: ...}` of the account)");
    login
        ->add_flag("--print", options.print,
                   "print the token, alone, on standard output: for `set -o pipefail; ... | systemd-creds "
                   "encrypt --name=NAME - FILE.new && mv FILE.new FILE.cred`")
        ->excludes(out);
    login->add_option("--scopes", options.scopes,
                      "ask for these (default: what the configuration needs; without one: write:statuses "
                      "write:media)");
    login->add_flag("--force-login", options.force_login,
                    "have the server ask who it is, though somebody is logged in there");
    CLI::Option* browser = login->add_flag(
        "--browser", options.browser,
        "the browser runs on this machine: it brings the code back by itself (default on a desktop)");
    CLI::Option* no_browser =
        login->add_flag("--no-browser", options.no_browser,
                        "the browser runs elsewhere: the server shows a code, and you type it here");
    CLI::Option* from_stdin =
        login->add_flag("--code-from-stdin", options.code_from_stdin,
                        "as --no-browser, without a prompt: the code is a line of standard input");
    browser->excludes(no_browser)->excludes(from_stdin);
    login->add_option("--port", options.port, "with --browser: to which port of 127.0.0.1 (default: any)")
        ->check(CLI::Range(1, 65535));
    login->add_option("--wait", options.wait, "with --browser: how long at most (default: 10m)");
    login->add_flag("--revoke-old", options.revoke_old,
                    "revoke the token that the file held, once the new one is in its place");

    CLI::App* token = add(
        app, choice, "token", "what the accounts' tokens may do (check); end one (revoke)",
        [&](const Invocation& call) {
            return choice.token.action == "revoke" ? commands::token_revoke(call, choice.token)
                                                   : commands::token_check(call, choice.token);
        },
        true);
    token->add_option("action", choice.token.action, "check (default), or revoke")
        ->check(CLI::IsMember({"check", "revoke"}));
    token->add_option("account", choice.token.account, "whose (check: default all; revoke: the only one)");
    token->add_flag("--yes", choice.token.yes, "revoke: do not ask");
}

void add_everything(CLI::App& app, Choice& choice) {
    app.set_version_flag("--version", "crier " CRIER_VERSION, "which crier this is");
    app.require_subcommand(1);
    app.set_help_flag("-h,--help", "this text");
    app.set_help_all_flag("--help-all", "the help of all commands");
    add_config(app, choice); // many write it before the command
    add_daemon(app, choice);
    add_looking(app, choice);
    add_acting(app, choice);
    add_account_page(app, choice);
    add_moving(app, choice);
    add_tokens(app, choice);
    give_lines(app);
}

/// What is no answer when it is empty: an unset variable of a script must not turn into a post without its
/// key, or into a pause of everything. (An empty --cw, --alt or --why says what it says.)
constexpr std::string_view never_empty[] = {
    "--account", "--at",    "--config", "--content-type", "--directory", "--entry",      "--focus",
    "--for",     "--grep",  "--handle", "--key",          "--media",     "--origin",     "--out",
    "--poll",    "--post",  "--quote",  "--quote-policy", "--reason",    "--reply-to",   "--scopes",
    "--server",  "--since", "--source", "--state",        "--thumbnail", "--visibility", "--wait",
    "account",   "entry",   "server",   "target",         "what"};

bool empty_value(const CLI::App& command, std::ostream& err) {
    for (const CLI::Option* option : command.get_options()) {
        const auto& values = option->results();
        if (std::find(values.begin(), values.end(), "") == values.end() ||
            std::find(std::begin(never_empty), std::end(never_empty), option->get_name()) ==
                std::end(never_empty))
            continue;
        err << "crier: " << option->get_name() << " is empty\n"
            << "    hint: give it a value or leave it out; is it a shell variable that is not set?\n";
        return true;
    }
    return false;
}

constexpr const char* about_crier =
    "crier posts to Mastodon what a schedule and sources say: once, on time, politely.";

} // namespace

bool understands(const std::vector<std::string>& arguments, std::ostream& err) {
    CLI::App app{about_crier};
    Choice choice;
    add_everything(app, choice);
    if (wrong_before_command(app, arguments, err))
        return false;
    try {
        app.parse(std::vector<std::string>{arguments.rbegin(), arguments.rend()});
    } catch (const CLI::ParseError& error) {
        tell_usage_error(app, error, arguments, err);
        return false;
    }
    return true;
}

int cli(int argc, const char* const* argv, const sys::Environment& environment, std::ostream& out,
        std::ostream& err) {
    CLI::App app{about_crier};
    Choice choice;
    add_everything(app, choice);
    teach(app, help_look(environment, ::isatty(STDOUT_FILENO) == 1));
    const std::vector<std::string> arguments(argv + std::min(argc, 1), argv + argc);
    if (wrong_before_command(app, arguments, err))
        return exit_usage;
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        // 0 for --help and --version, which are no errors.
        if (error.get_exit_code() == 0)
            return app.exit(error, out, err);
        tell_usage_error(app, error, arguments, err);
        return exit_usage;
    }
    if (empty_value(app, err))
        return exit_usage;
    for (const CLI::App* command : app.get_subcommands())
        if (empty_value(*command, err))
            return exit_usage;
    choice.init.interactive = ::isatty(STDIN_FILENO) == 1;
    choice.undo.interactive = choice.init.interactive;
    const Invocation call{environment, choice.config, choice.json, out, err, ::isatty(STDOUT_FILENO) == 1};
    return choice.action(call);
}

std::vector<DescribedCommand> described_command_line() {
    CLI::App app;
    Choice choice;
    add_everything(app, choice);
    return described(app);
}

} // namespace crier::commands
