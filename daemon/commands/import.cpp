#include "commands/commands.hpp"
#include "commands/composition.hpp"
#include "commands/export_lines.hpp"
#include "commands/import_peer.hpp"
#include "commands/run_coroutine.hpp"
#include "core/text/plain.hpp"
#include "engine/memory.hpp"
#include "engine/shares.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iostream>
#include <map>
#include <ostream>
#include <set>
#include <system_error>
#include <utility>

/// `crier import` of what `crier export` wrote. docs/MOVING.md says what comes of it.
namespace crier::commands {

namespace json = boost::json;

namespace {

/// Rows of one transaction.
constexpr std::size_t rows_at_once = 500;

Result<json::object> parse_line(const std::string& text) {
    boost::system::error_code error;
    json::value value = json::parse(text, error);
    if (error || !value.is_object())
        return Failure{Cause::corrupt, "it is no JSON object"};
    return std::move(value.get_object());
}

bool is_marker(const json::object& line, std::string_view which) {
    const json::value* marker = line.if_contains("crier");
    return marker != nullptr && marker->is_string() && marker->get_string() == which;
}

std::int64_t number_in(const json::object& line, const char* name) {
    const json::value* value = line.if_contains(name);
    return value != nullptr && value->is_int64() ? value->get_int64() : -1;
}

/// When the export was begun: what happened since is not in it. Errors: it is no export, or a newer one.
Result<Instant> read_header(const std::string& text) {
    const Result<json::object> line = parse_line(text);
    if (!line || !is_marker(*line, export_begins))
        return Failure{Cause::corrupt, "it does not begin as an export of crier does",
                       "`crier export` makes one; for another bot's files: --from feed2toot or feediverse"};
    if (number_in(*line, "version") != export_version)
        return Failure{Cause::unsupported,
                       "it is an export of version " + std::to_string(number_in(*line, "version")) +
                           ", and this crier reads " + std::to_string(export_version),
                       "use the crier that wrote it, or a later one"};
    const json::value* made = line->if_contains("made");
    const auto when =
        made != nullptr && made->is_string()
            ? from_rfc3339(std::string_view{made->get_string().data(), made->get_string().size()})
            : std::nullopt;
    if (!when)
        return Failure{Cause::corrupt, "it does not say when it was made",
                       "`made` is a time such as 2026-11-24T09:00:00Z; export anew"};
    return *when;
}

/// The last line of a file says that it is whole: before anything of it is taken in.
bool ends_whole(const std::string& path) {
    constexpr std::streamoff tail = 4096;
    std::ifstream file{path, std::ios::binary | std::ios::ate};
    const std::streamoff size = file.tellg();
    file.seekg(std::max<std::streamoff>(0, size - tail));
    std::string line;
    std::string last;
    while (std::getline(file, line))
        if (!line.empty())
            last = line;
    const Result<json::object> parsed = parse_line(last);
    return parsed && is_marker(*parsed, export_ends);
}

/// A post, and the line of the file that it stands in.
struct FilePost {
    FilePost(store::WholePost post, std::size_t in_line)
        : whole(std::move(post))
        , line(in_line) {}

    store::WholePost whole;
    std::size_t line;
};

/// What a file's rows come to in this store. Known keys and items stay as they are.
class Importing {
public:
    Importing(const Invocation& call, const Settings& settings, std::string file, bool dry_run)
        : call_(call)
        , settings_(settings)
        , file_(std::move(file))
        , composition_(context_, call, settings, log_)
        , dry_run_(dry_run) {}

    [[nodiscard]] Result<> open() {
        using Access = Composition::Access;
        // On a private copy a rehearsal counts what the real thing would do.
        if (Result<> opened = composition_.open_store(dry_run_ ? Access::copy : Access::owner); !opened)
            return opened;
        if (const Result<> alone = stands_alone(); !alone)
            return alone;
        Result<States> states = run_coroutine(context_, composition_.store().load());
        if (!states)
            return states.error();
        known_ = std::move(*states);
        for (const AccountState& account : known_.accounts)
            accounts_.emplace(account.account, account);
        for (const EntryState& entry : known_.entries)
            entries_.emplace(entry.entry, entry);
        return {};
    }

    /// Nothing is taken in while others write.
    [[nodiscard]] Result<> stands_alone() {
        if (composition_.leases() == nullptr || dry_run_)
            return {};
        std::vector<std::string> things;
        for (const Share& share : engine::shares_of(settings_))
            things.insert(things.end(), share.things.begin(), share.things.end());
        const auto by = run_coroutine(context_, composition_.leases()->holders(std::move(things)));
        if (!by)
            return by.error();
        if (by->empty())
            return {};
        std::set<std::string> daemons;
        for (const auto& [thing, daemon] : *by)
            daemons.insert(daemon);
        std::string names;
        for (const std::string& daemon : daemons)
            names += (names.empty() ? "" : ", ") + daemon;
        return Failure{Cause::conflict,
                       "daemons are at work on this store: " + names + "; nothing was taken in",
                       "stop all of them, import, start them"};
    }

    void made(Instant when, bool release) {
        made_ = when;
        release_ = release;
    }

    /// `line`: where it stands in the file.
    [[nodiscard]] Result<> take(ExportedRow row, std::size_t line) {
        if (pending_ == 0)
            first_line_ = line;
        line_ = line;
        std::visit([this](auto& one) { add(std::move(one)); }, row);
        ++rows_;
        return ++pending_ >= rows_at_once ? flush() : Result<>{};
    }

    [[nodiscard]] Result<> flush() {
        pending_ = 0;
        Batch batch = std::exchange(batch_, Batch{});
        const std::vector<FilePost> posts = std::exchange(posts_, {});
        if (batch.empty() && posts.empty())
            return {};
        batch.now = std::max(wall_now(), known_.last_alive);
        const Batch rest = batch;
        for (const FilePost& post : posts)
            put(post.whole, batch);
        if (const Result<Applied> applied = apply(std::move(batch)))
            count(*applied);
        else if (posts.empty() || applied.error().cause == Cause::temporary)
            return not_taken(applied.error());
        else
            return one_by_one(rest, posts);
        return {};
    }

    struct Counts {
        std::int64_t posts = 0;
        std::int64_t posts_known = 0;
        std::int64_t posts_refused = 0;
        std::int64_t items = 0;
        std::int64_t unknown = 0; ///< lines of a kind that this version does not know
    };
    [[nodiscard]] const Counts& counts() const noexcept { return counts_; }
    [[nodiscard]] std::int64_t rows() const noexcept { return rows_; }
    [[nodiscard]] const std::set<std::string>& held() const noexcept { return held_; }
    [[nodiscard]] std::vector<std::string> strangers() const {
        std::vector<std::string> names;
        for (const std::string& name : met_)
            if (settings_.accounts.count(name) == 0)
                names.push_back(name);
        return names;
    }

private:
    Result<Applied> apply(Batch batch) {
        return run_coroutine(context_, composition_.store().apply(std::move(batch)));
    }

    /// With its attempts and what is still to be made of it in one transaction: a repeat passes over a post
    /// that is known, and so would never make up for them.
    static void put(const store::WholePost& whole, Batch& batch) {
        if (!whole.attempts.empty() || whole.amendment) {
            Belongings belongings;
            belongings.place = batch.insert.size();
            belongings.attempts = whole.attempts;
            belongings.amendment = whole.amendment;
            batch.belongings.push_back(std::move(belongings));
        }
        batch.each_alone = true; // a thread of which a part was refused is made whole by a repeat
        batch.insert.push_back(whole.post);
    }

    void count(const Applied& applied) {
        for (const PostId id : applied.inserted)
            ++(id == 0 ? counts_.posts_known : counts_.posts);
    }

    /// One that is refused (its status is another post's here) takes none along.
    Result<> one_by_one(const Batch& rest, const std::vector<FilePost>& posts) {
        if (const Result<Applied> applied = apply(rest); !applied)
            return not_taken(applied.error());
        for (const FilePost& post : posts) {
            Batch one;
            one.now = rest.now;
            put(post.whole, one);
            const Result<Applied> applied = apply(std::move(one));
            if (applied) {
                count(*applied);
                continue;
            }
            if (applied.error().cause == Cause::temporary)
                return not_taken(applied.error());
            ++counts_.posts_refused;
            const Failure refused = why_refused(applied.error(), post.whole.post);
            call_.err << "crier: " << file_ << ":" << post.line << ": post " << post.whole.post.id
                      << " is not taken in: " << refused.message << "\n    hint: " << refused.hint << '\n';
        }
        return {};
    }

    /// One status is one post's: mostly the same post, which this store knows by another key.
    Failure why_refused(Failure failure, const Post& post) {
        PostQuery query;
        query.account = post.account;
        query.status_ids = {post.status_id};
        if (post.status_id.empty())
            return failure;
        const Result<std::vector<Post>> known =
            run_coroutine(context_, composition_.store().find(std::move(query)));
        if (!known || known->empty())
            return failure;
        return Failure{Cause::conflict,
                       "its status " + post.status_id + " is post " + std::to_string(known->front().id) +
                           "'s in this store",
                       "nothing is to be done if that is the same post: crier outbox show " +
                           std::to_string(known->front().id)};
    }

    [[nodiscard]] Failure not_taken(Failure failure) const {
        failure.message = file_ + ":" + std::to_string(first_line_) +
                          ": from this line on not all was taken in: " + failure.message;
        failure.hint += failure.hint.empty() ? "" : "; ";
        failure.hint += "then repeat it: what was taken in already is passed over";
        return failure;
    }

    void add(OriginState origin) {
        for (const OriginState& known : known_.origins)
            if (known.kind == origin.kind && (known.name == origin.name || known.identity == origin.identity))
                return;
        known_.origins.push_back(origin);
        batch_.origins.push_back(std::move(origin));
    }
    void add(SourceState source) {
        for (const SourceState& known : known_.sources)
            if (known.source == source.source)
                return;
        known_.sources.push_back(source);
        batch_.sources.push_back(std::move(source));
    }
    void add(SourceAccount account) { batch_.source_accounts.push_back(std::move(account)); }
    void add(EntryState entry) {
        const auto [place, fresh] = entries_.try_emplace(entry.entry, entry);
        EntryState& mine = place->second;
        if (!fresh) {
            mine.fired = std::max(mine.fired, entry.fired);
            mine.counter = std::max(mine.counter, entry.counter);
        }
        batch_.entries.push_back(mine);
    }
    void add(DrawnItem drawn) {
        for (const DrawnItem& known : known_.drawn)
            if (known.entry == drawn.entry && known.item == drawn.item && known.mark.last >= drawn.mark.last)
                return;
        batch_.drawn.push_back(std::move(drawn));
    }
    void add(AccountState account) {
        const std::string name = account.account;
        met_.insert(name);
        accounts_.try_emplace(name, std::move(account));
        take_up(name);
    }
    void add(SeenItem item) {
        take_up(item.account);
        ++counts_.items;
        batch_.seen.push_back(std::move(item));
    }
    void add(Story story) { batch_.stories.push_back(std::move(story)); }
    void add(Tombstone tombstone) { batch_.tombstones.push_back(tombstone); }
    void add(store::WholePost whole) {
        take_up(whole.post.account);
        posts_.emplace_back(std::move(whole), line_);
    }
    void add(const UnknownLine&) { ++counts_.unknown; }

    /// An account's row comes before whatever would be posted there. Another crier may go on with the same
    /// posts and feeds, and what that posted since the export is unknown: as after a backup was put back.
    void take_up(const std::string& name) {
        if (!taken_up_.insert(name).second)
            return;
        met_.insert(name);
        AccountState& account = accounts_[name];
        account.account = name;
        if (!release_) {
            account.memory.knows_until = std::min(account.memory.knows_until.value_or(made_), made_);
            engine::hold_restored(account, "its memory was imported, and another crier may still post",
                                  wall_now());
        } else if (account.memory.restored) {
            engine::hold_restored(account, "the store was put back", wall_now());
        }
        if (account.memory.restored)
            held_.insert(name);
        batch_.accounts.push_back(account);
    }

    const Invocation& call_;
    const Settings& settings_;
    std::string file_; ///< as it is named to people
    boost::asio::io_context context_{1};
    NoLog log_;
    Composition composition_;
    bool dry_run_;
    bool release_ = false;
    Instant made_{};
    States known_;
    std::map<std::string, AccountState> accounts_;
    std::map<std::string, EntryState> entries_;
    std::set<std::string> taken_up_;
    std::set<std::string> met_;
    std::set<std::string> held_;
    Batch batch_;
    std::vector<FilePost> posts_;
    std::size_t pending_ = 0;
    std::size_t first_line_ = 0; ///< of what is pending
    std::size_t line_ = 0;
    std::int64_t rows_ = 0;
    Counts counts_;
};

Failure at_line(std::size_t number, const std::string& file, Failure failure) {
    failure.message = file + ":" + std::to_string(number) + ": " + failure.message;
    return failure;
}

/// Of a line that does not read. What stands before it is taken in first, so that this is true.
Failure damaged(std::size_t number, const std::string& file, Failure failure, Importing& importing) {
    if (Result<> flushed = importing.flush(); !flushed)
        return flushed.error();
    failure = at_line(number, file, std::move(failure));
    failure.cause = Cause::corrupt;
    failure.hint =
        "the file was changed since it was written; what stands before this line was taken in: mend the "
        "line or export anew, and repeat it, which does no harm";
    return failure;
}

/// Takes in what `in` has. Errors: with the line's number; what stands before it was taken in.
Result<> read_export(std::istream& in, const std::string& file, bool release, Importing& importing) {
    std::string text;
    if (!std::getline(in, text))
        return Failure{Cause::corrupt, file + ": it is empty",
                       "`crier export` makes one that can be taken in"};
    const Result<Instant> made = read_header(text);
    if (!made)
        return at_line(1, file, made.error());
    importing.made(*made, release);
    std::optional<std::int64_t> ended;
    for (std::size_t number = 2; std::getline(in, text); ++number) {
        const Result<json::object> line = parse_line(text);
        if (!line)
            return damaged(number, file, line.error(), importing);
        if (is_marker(*line, export_ends)) {
            ended = number_in(*line, "lines");
            break;
        }
        Result<ExportedRow> row = read_export_line(*line);
        if (!row)
            return damaged(number, file, row.error(), importing);
        if (Result<> taken = importing.take(std::move(*row), number); !taken)
            return taken;
    }
    if (Result<> flushed = importing.flush(); !flushed)
        return flushed;
    if (!ended || *ended != importing.rows())
        return Failure{Cause::corrupt,
                       file + ": it is cut off: it has " + std::to_string(importing.rows()) + " lines and " +
                           (ended ? "was written with " + std::to_string(*ended) : "no last one"),
                       "what it has was taken in; take in the whole file, too: a repeat does no harm"};
    return {};
}

void tell_import(const Invocation& call, const Importing& importing, const ImportOptions& options) {
    const Importing::Counts& counts = importing.counts();
    const std::vector<std::string> held(importing.held().begin(), importing.held().end());
    if (call.json) {
        json::object object;
        object["dry_run"] = options.dry_run;
        object["posts"] = counts.posts;
        object["posts_known"] = counts.posts_known;
        object["posts_refused"] = counts.posts_refused;
        object["items"] = counts.items;
        object["unknown"] = counts.unknown;
        json::array accounts;
        for (const std::string& name : held)
            accounts.push_back(json::value(name));
        object["held"] = std::move(accounts);
        print(call, object);
        return;
    }
    const char* would = options.dry_run ? " would be" : "";
    call.out << text::counted(static_cast<std::size_t>(counts.posts), "post", "posts") << would
             << " taken in, " << counts.posts_known << " known before"
             << (counts.posts_refused > 0 ? ", " + std::to_string(counts.posts_refused) + " refused; " : "; ")
             << text::counted(static_cast<std::size_t>(counts.items), "item", "items") << " seen\n";
    if (counts.unknown > 0)
        call.out << counts.unknown
                 << " lines are of a kind that this crier does not know, and were passed "
                    "over\n";
    for (const std::string& name : importing.strangers())
        call.out << "the configuration has no account " << name << ": what is of it rests until it has\n";
    for (const std::string& name : held)
        call.out << name << (options.dry_run ? " would be held" : " is held")
                 << " until you say until when the other crier posted:\n"
                 << "    crier resume account:" << name << " --since now   (or the time of its last post)\n";
}

Failure no_export_at(const std::string& file, int error) {
    return Failure{error == EACCES ? Cause::permission : Cause::not_found,
                   file + ": " + std::error_code{error, std::generic_category()}.message(),
                   error == EACCES
                       ? "run this as a user who may read it, or pipe it in: crier import - < FILE"
                       : "the file that `crier export -o FILE` wrote is what this takes"};
}

} // namespace

int import_store(const Invocation& call, const ImportOptions& options) {
    if (!options.from.empty())
        return import_peer(call, options);
    if (!options.out.empty() || !options.token_file.empty() || !options.state.empty() ||
        !options.handle.empty())
        return fail(call, Failure{Cause::usage,
                                  "--output, --token-file, --state and --handle are for another bot's files",
                                  "crier import --from feed2toot FILE --output crier.yaml"});
    const std::optional<Settings> settings = load_settings(call);
    if (!settings)
        return exit_config;
    const bool piped = options.file == "-";
    std::ifstream file;
    if (!piped) {
        errno = 0;
        file.open(options.file, std::ios::binary);
        if (!file)
            return fail(call, no_export_at(options.file, errno));
        if (!ends_whole(options.file))
            return fail(call, Failure{Cause::corrupt,
                                      options.file + " is no whole export of crier: its last line is missing",
                                      "nothing was taken in; for another bot's files: --from feed2toot or "
                                      "feediverse"});
    }
    const std::string name = piped ? "standard input" : options.file;
    Importing importing{call, *settings, name, options.dry_run};
    if (Result<> opened = importing.open(); !opened) {
        Failure failure = opened.error();
        if (failure.cause == Cause::conflict)
            failure.hint = "stop the daemon for it: systemctl stop crier";
        return fail(call, failure);
    }
    const Result<> done =
        read_export(piped ? std::cin : static_cast<std::istream&>(file), name, options.release, importing);
    if (done || importing.rows() > 0)
        tell_import(call, importing, options);
    if (!done)
        return fail(call, done.error());
    return importing.counts().posts_refused > 0 ? exit_failed : exit_ok;
}

} // namespace crier::commands
