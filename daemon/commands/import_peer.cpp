#include "commands/import_peer.hpp"

#include "commands/checking.hpp"
#include "commands/composition.hpp"
#include "commands/new_file.hpp"
#include "commands/problem_text.hpp"
#include "commands/run_coroutine.hpp"
#include "commands/server_name.hpp"
#include "core/text/plain.hpp"
#include "engine/move_in.hpp"
#include "moving/moved.hpp"

#include <boost/json/array.hpp>
#include <climits>

#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <optional>
#include <ostream>
#include <sys/stat.h>
#include <system_error>
#include <utility>

namespace crier::commands {

namespace json = boost::json;

namespace {

Result<std::string> read_text(const std::string& path) {
    errno = 0;
    std::ifstream file{path, std::ios::binary};
    struct stat info {};
    if (file && ::stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode))
        return Failure{Cause::usage, path + " is a folder"};
    std::string text{std::istreambuf_iterator<char>{file}, {}};
    if (file || file.eof())
        return text;
    const int error = errno == 0 ? EIO : errno;
    return Failure{error == EACCES ? Cause::permission : Cause::not_found,
                   path + ": " + std::error_code{error, std::generic_category()}.message()};
}

std::optional<Instant> modified_at(const std::string& path) {
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0)
        return std::nullopt;
    return Instant{std::chrono::seconds{info.st_mtim.tv_sec} +
                   std::chrono::floor<Duration>(std::chrono::nanoseconds{info.st_mtim.tv_nsec})};
}

std::string absolute_folder_of(const std::string& path) {
    const auto slash = path.rfind('/');
    const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
    char resolved[PATH_MAX];
    return ::realpath(folder.c_str(), resolved) != nullptr ? std::string{resolved} : folder;
}

bool there_is(const std::string& path) {
    struct stat info {};
    return ::lstat(path.c_str(), &info) == 0;
}

Result<moving::Moved> read_other(const Invocation& call, const ImportOptions& options) {
    const Result<std::string> text = read_text(options.file);
    if (!text)
        return text.error();
    if (options.from == "feediverse") {
        if (!options.state.empty())
            return Failure{Cause::usage, "--state is for feed2toot: feediverse's state is in its one file"};
        return moving::read_feediverse(*text, options.file);
    }
    moving::Files files;
    files.folder = absolute_folder_of(options.file);
    files.home = std::string{call.environment.get("HOME").value_or("")};
    files.read = read_text;
    files.modified = modified_at;
    return moving::read_feed2toot(*text, options.file, options.state, files);
}

/// What the marking of one source for one account came to.
struct MarkedSource {
    std::string source;
    std::string account;
    engine::MovedIn moved;
    std::vector<std::string> left; ///< titles or links of what the first look posts
};

std::string shown(const Item& item) {
    return text::first_graphemes(text::one_line(item.title.empty() ? item.link : item.title), 100);
}

class Marking {
public:
    Marking(const Invocation& call, const Settings& settings, const moving::Moved& moved, bool dry_run)
        : call_(call)
        , settings_(settings)
        , moved_(moved)
        , composition_(context_, call, settings, log_)
        , dry_run_(dry_run) {}

    Result<> open() {
        using Access = Composition::Access;
        Result<> opened = composition_.open_store(dry_run_ ? Access::copy : Access::owner);
        if (!opened && opened.error().cause == Cause::conflict) {
            Failure failure = opened.error();
            failure.hint = "stop the daemon for it: systemctl stop crier";
            return failure;
        }
        return opened;
    }

    /// The sources of the configuration that read what the other bot read; false: one could not be.
    bool run() {
        bool all = true;
        for (const SourceSettings& source : settings_.sources) {
            if (source.plugin != "feed" || source.on_demand || !reads_the_same(source))
                continue;
            matched_ = true;
            if (call_.terminal)
                call_.err << "looking at " << source.name << " ...\n";
            const Result<SourceYield> yield = composition_.look_at(source);
            if (!yield) {
                (void)fail(call_, unread(source, yield.error()));
                all = false;
                continue;
            }
            const std::vector<ItemIdentity> identities = identify_all(yield->items, source.identify_by);
            for (const PostTarget& target : source.targets)
                if (const Result<> marked = mark(source.name, target.account, yield->items, identities);
                    !marked) {
                    (void)fail(call_, marked.error());
                    all = false;
                }
        }
        return all;
    }

    [[nodiscard]] bool matched() const noexcept { return matched_; }
    [[nodiscard]] const std::vector<MarkedSource>& marked() const noexcept { return marked_; }

private:
    [[nodiscard]] bool reads_the_same(const SourceSettings& source) const {
        for (const moving::MovedSource& other : moved_.sources)
            if (canonical_link(other.url) == canonical_link(source.url))
                return true;
        return false;
    }

    static Failure unread(const SourceSettings& source, const Failure& why) {
        return Failure{why.cause == Cause::network ? Cause::server : why.cause,
                       source.name + " is not marked, for it cannot be looked at: " + why.message,
                       "when it can be, repeat this with --config FILE (the configuration that is there now) "
                       "in the place of --output; until then its first run posts nothing of it"};
    }

    Result<> mark(const std::string& source, const std::string& account, const std::vector<Item>& items,
                  const std::vector<ItemIdentity>& identities) {
        MarkedSource marked;
        marked.source = source;
        marked.account = account;
        const Instant now = wall_now();
        marked.moved = engine::move_in(source, account, items, identities, moved_.posted, now);
        Batch batch;
        batch.now = now;
        batch.seen = std::move(marked.moved.seen);
        batch.source_accounts.push_back(marked.moved.first_run);
        if (Result<Applied> applied = run_coroutine(context_, composition_.store().apply(std::move(batch)));
            !applied)
            return applied.error();
        for (const std::size_t place : marked.moved.left)
            marked.left.push_back(shown(items[place]));
        marked_.push_back(std::move(marked));
        return {};
    }

    const Invocation& call_;
    const Settings& settings_;
    const moving::Moved& moved_;
    boost::asio::io_context context_{1};
    NoLog log_;
    Composition composition_;
    bool dry_run_;
    bool matched_ = false;
    std::vector<MarkedSource> marked_;
};

json::object marks_json(const Marking& marking, const ImportOptions& options, const moving::Moved& moved) {
    json::object object;
    object["from"] = options.from;
    object["dry_run"] = options.dry_run;
    json::array sources;
    for (const MarkedSource& one : marking.marked()) {
        json::object source;
        source["source"] = one.source;
        source["account"] = one.account;
        source["posted"] = one.moved.posted;
        source["old"] = one.moved.old;
        json::array left;
        for (const std::string& title : one.left)
            left.push_back(json::value(title));
        source["left"] = std::move(left);
        sources.push_back(std::move(source));
    }
    object["sources"] = std::move(sources);
    json::array notes;
    for (const std::string& note : moved.notes)
        notes.push_back(json::value(note));
    object["notes"] = std::move(notes);
    return object;
}

void tell_marks(const Invocation& call, const Marking& marking, const ImportOptions& options) {
    for (const MarkedSource& one : marking.marked()) {
        call.out << one.source << ", " << one.account << ": "
                 << text::counted(one.moved.posted, "item", "items") << " posted by " << options.from << ", "
                 << one.moved.old << " older ones"
                 << (one.left.empty() ? std::string{", nothing newer"}
                                      : "; newer, and for crier to post (unless a filter refuses it):")
                 << '\n';
        for (const std::string& title : one.left)
            call.out << "    " << title << '\n';
    }
    if (options.dry_run)
        call.out << "a rehearsal: nothing was marked\n";
}

/// Marks in the store that was opened, and says what came of it.
int mark_all(const Invocation& call, Marking& marking, const ImportOptions& options,
             const moving::Moved& moved) {
    const bool all = marking.run();
    if (!marking.matched())
        return fail(call, Failure{Cause::config,
                                  "the configuration has no source with the address of one of " + moved.by +
                                      "'s feeds",
                                  "give a source the `url` that " + moved.by +
                                      " reads, or have one written: --output crier.yaml"});
    if (call.json)
        print(call, marks_json(marking, options, moved));
    else
        tell_marks(call, marking, options);
    return all ? exit_ok : exit_server;
}

void tell_notes(const Invocation& call, const moving::Moved& moved) {
    if (moved.notes.empty())
        return;
    call.err << "What is not the same as with " << moved.by << ":\n";
    for (const std::string& note : moved.notes)
        call.err << "  " << text::one_line(note) << '\n';
}

/// What moving over makes: the configuration, which passes its own check, and the token in a file of its own,
/// for its owner alone. Written beside their places and not placed yet; over none that is there.
struct MovedFiles {
    NewFile configuration;
    std::optional<NewFile> token;
    Settings settings;

    [[nodiscard]] Result<> place() {
        return token ? place_both(*token, configuration, NewFile::Over::nothing)
                     : configuration.place(NewFile::Over::nothing);
    }
};

Result<MovedFiles> write_beside(const Invocation& call, const ImportOptions& options,
                                const moving::Moved& moved, const std::string& yaml) {
    Result<NewFile> file = NewFile::write(options.out, yaml, NewFile::Readers::usual);
    if (!file)
        return file.error();
    std::optional<NewFile> token;
    if (!options.token_file.empty()) {
        Result<NewFile> written = NewFile::write(options.token_file, std::string{moved.token.reveal()} + "\n",
                                                 NewFile::Readers::secret);
        if (!written)
            return written.error();
        token.emplace(std::move(*written));
    }
    config::Loaded loaded = load_config(file->beside());
    for (config::Problem& problem : loaded.problems)
        if (!problem.warning) {
            if (problem.file == file->beside())
                problem.file = options.out;
            call.err << problem_text(problem) << '\n';
        }
    if (!loaded.settings)
        return Failure{Cause::config, "this would be no good configuration; nothing was written",
                       "mend it in the other bot's file, or write it by hand from what is printed without "
                       "--output"};
    return MovedFiles{std::move(*file), std::move(token), std::move(*loaded.settings)};
}

void tell_moved_next(const Invocation& call, const ImportOptions& options, const moving::Moved& moved) {
    call.out << "\nWrote " << options.out << ".\n1. Stop " << moved.by
             << " for good: take it out of the crontab or its timer.\n";
    if (options.token_file.empty())
        call.out << "2. The token stands in " << moved.token_place
                 << ". Put it into the environment as\n"
                    "   MASTODON_ACCESS_TOKEN, or into a file of mode 0600 that `token: {file: ...}` names;\n"
                    "   better a new one that may only post: crier login "
                 << moved.server << " --print\n";
    else
        call.out << "2. The token is in " << options.token_file << ", for its owner alone.\n";
    call.out << "3. crier check --config " << options.out << "\n4. crier run --config " << options.out
             << '\n';
}

/// Into a configuration that is there.
int mark_in_what_is_there(const Invocation& call, const ImportOptions& options, const moving::Moved& moved) {
    if (!options.token_file.empty())
        return fail(call, Failure{Cause::usage, "--token-file goes with --output"});
    const std::optional<Settings> settings = load_settings(call);
    if (!settings)
        return exit_config;
    Marking marking{call, *settings, moved, options.dry_run};
    if (const Result<> opened = marking.open(); !opened)
        return fail(call, opened.error());
    return mark_all(call, marking, options, moved);
}

} // namespace

int import_peer(const Invocation& call, const ImportOptions& options) {
    if (options.release)
        return fail(call, Failure{Cause::usage, "--release is for crier's own export"});
    for (const std::string& path : {options.out, options.token_file})
        if (!path.empty() && there_is(path))
            return fail(call, Failure{Cause::usage, path + " is there already, and is not written over",
                                      "to mark in a configuration that is there: --config " + path +
                                          " in the place of --output; else name another file"});
    Result<moving::Moved> moved = read_other(call, options);
    if (!moved)
        return fail(call, moved.error());
    Result<std::string> server = read_server("the server of " + options.file, moved->server);
    if (!server)
        return fail(call, server.error());
    moved->server = std::move(*server);
    if (!options.token_file.empty() && moved->token.empty()) // before anything is written
        return fail(
            call,
            Failure{Cause::token,
                    "no token was found in " + moved->by + "'s files, so none can be written; nothing was",
                    moved->token_place + ": is it there? Or without --token-file; `crier login` "
                                         "gets one that may do no more than is needed"});
    if (options.out.empty() && !call.config.empty())
        return mark_in_what_is_there(call, options, *moved);
    moving::MovedPlace place;
    place.directory = absolute_folder_of(options.out.empty() ? "crier.yaml" : options.out);
    place.handle = options.handle;
    if (!options.token_file.empty())
        place.token_file = absolute_folder_of(options.token_file) + "/" +
                           options.token_file.substr(options.token_file.rfind('/') + 1);
    const std::string yaml = moving::configuration_of(*moved, place);
    if (options.out.empty()) {
        call.out << yaml;
        tell_notes(call, *moved);
        call.err << "Nothing was written or marked: --output crier.yaml does both.\n";
        return exit_ok;
    }
    Result<MovedFiles> files = write_beside(call, options, *moved, yaml);
    if (!files)
        return fail(call, files.error());
    // All that can be in the way is met before anything has its name.
    Marking marking{call, files->settings, *moved, options.dry_run};
    if (const Result<> opened = marking.open(); !opened)
        return fail(call, opened.error());
    if (!options.dry_run)
        if (const Result<> placed = files->place(); !placed)
            return fail(call, placed.error());
    const int code = mark_all(call, marking, options, *moved);
    tell_notes(call, *moved);
    if (!options.dry_run && !call.json)
        tell_moved_next(call, options, *moved);
    return code;
}

} // namespace crier::commands
