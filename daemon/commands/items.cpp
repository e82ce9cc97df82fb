#include "admin/json.hpp"
#include "admin/order_json.hpp"
#include "commands/commands.hpp"
#include "commands/composition.hpp"
#include "commands/daemon.hpp"
#include "commands/known_servers.hpp"
#include "commands/source_memory.hpp"
#include "core/ascii.hpp"
#include "core/filter.hpp"
#include "core/identity.hpp"
#include "engine/compose.hpp"
#include "engine/orders.hpp"

#include <climits>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <ostream>
#include <sys/stat.h>
#include <utility>
#include <vector>

namespace crier::commands {

namespace asio = boost::asio;
namespace json = boost::json;

namespace {

bool is_address(std::string_view text) {
    return text.substr(0, 7) == "http://" || text.substr(0, 8) == "https://";
}

/// What reads something by its name.
std::string plugin_for(const std::string& name) {
    const std::string ending = ascii::lower(name.substr(std::min(name.rfind('.'), name.size())));
    if (ending == ".ics")
        return "calendar";
    if (ending == ".csv" || ending == ".tsv" || ending == ".jsonl" || ending == ".yaml" || ending == ".yml")
        return "queue";
    return "feed";
}

/// A source that stands in no configuration: an address, a file or a folder.
Result<SourceSettings> bare_source(const std::string& what, const std::string& plugin) {
    SourceSettings source;
    source.name = what;
    source.plugin = plugin.empty() ? plugin_for(what) : plugin;
    source.allow_private = true; // a person at the terminal has named it
    if (is_address(what)) {
        source.url = what;
        return source;
    }
    char resolved[PATH_MAX];
    struct stat info {};
    if (::realpath(what.c_str(), resolved) == nullptr || ::stat(resolved, &info) != 0)
        return Failure{Cause::usage, what + " is no source of the configuration, no address and no file",
                       what.find('.') != std::string::npos && what.find(' ') == std::string::npos
                           ? "an address begins with https://; `crier status` lists the sources"
                           : "`crier status` lists the sources"};
    if (S_ISDIR(info.st_mode)) {
        source.plugin = plugin.empty() ? "directory" : plugin;
        source.folder.emplace().path = resolved;
        source.folder->after = After::keep;
        source.folder->match = {"*"};
    } else {
        source.url = resolved;
    }
    return source;
}

/// Whether `wish` names this item: by its id, its link, or the beginning of its identity.
bool is_meant(const Item& item, const ItemIdentity& identity, const std::string& wish) {
    return item.id == wish || item.link == wish ||
           (wish.size() >= 6 && identity.item.hex().compare(0, wish.size(), wish) == 0);
}

/// Whether `account` is there at all, and one that the source posts to.
Result<> check_account_of(const Settings& settings, const SourceSettings& source,
                          const std::string& account) {
    if (const auto known = engine::account_of(settings, account); !known)
        return known.error();
    std::string names;
    for (const PostTarget& target : source.targets) {
        if (target.account == account)
            return {};
        names += (names.empty() ? "" : ", ") + target.account;
    }
    return Failure{Cause::usage, "the source " + source.name + " does not post to the account " + account,
                   "it posts to " + names};
}

int post_item(const Invocation& call, const Settings& settings, const SourceSettings& source,
              const Item& item, const ItemIdentity& identity, const std::string& account) {
    const KnownServers servers{call, settings};
    const schedule::Zone zone = schedule::Zone::find_or_utc(settings.timezone);
    const Instant now = wall_now();
    Daemon daemon{call, settings};
    for (const PostTarget& target : source.targets) {
        if (!account.empty() && target.account != account)
            continue;
        std::vector<engine::Composed> parts =
            engine::compose_item(source, target, item, zone, now, servers.of(target.account));
        engine::Composed composed = std::move(parts.front());
        const std::string trouble = composed.hold.empty() ? composed.drop : composed.hold;
        if (!trouble.empty())
            return fail(
                call, Failure{Cause::usage, "this item cannot be posted as it is: " + trouble,
                              "mend the source's template, or post it in your own words with `crier post`"});
        engine::PostOrder order;
        order.account = target.account;
        order.status = std::move(composed.content.status);
        for (std::size_t i = 1; i < parts.size(); ++i)
            order.further.push_back(std::move(parts[i].content.status));
        order.spoiler_text = std::move(composed.content.spoiler_text);
        order.sensitive = composed.content.sensitive;
        order.visibility = composed.content.visibility;
        order.language = std::move(composed.content.language);
        order.media = std::move(composed.content.media);
        Origin origin;
        origin.kind = OriginKind::source;
        origin.name = source.name;
        origin.item = identity.item.hex();
        order.origin = std::move(origin);
        const Result<json::object> answer = daemon.post("/v1/posts", admin::to_json(order));
        if (!answer)
            return fail(call, answer.error());
        if (call.json)
            print(call, *answer);
        else if (answer->at("known").as_bool())
            call.out << "post " << answer->at("id").as_int64() << " on " << target.account
                     << " was made of this item before; it is "
                     << std::string{answer->at("state").as_string()} << '\n';
        else
            call.out << "post " << answer->at("id").as_int64() << " on " << target.account
                     << " is in the outbox\n";
    }
    return exit_ok;
}

/// What the next look would make of one item for one account, in the words that the store keeps.
std::string decision(const SourceMemory::Verdict& verdict, const Item& item, const ItemIdentity& identity) {
    const auto is_it = [&](const SeenItem& seen) { return seen.item == identity.item; };
    const auto& known = verdict.known;
    if (const auto before = std::find_if(known.begin(), known.end(), is_it); before != known.end())
        return "known since " + to_rfc3339(before->seen) + ": " + before->verdict;
    const auto& now = verdict.intake.seen;
    if (const auto new_one = std::find_if(now.begin(), now.end(), is_it); new_one != now.end())
        return new_one->verdict;
    if (engine::says_nothing(item))
        return "passed over: it has no title, text, link or media";
    return item.gone ? "taken back, and never seen" : "left for a later look: max_per_poll";
}

/// How many posts the next look would make of the item.
int posts_of(const engine::Intake& intake, std::size_t place) {
    const auto made = std::find(intake.made.begin(), intake.made.end(), place);
    if (made == intake.made.end())
        return 0;
    return intake.posts[static_cast<std::size_t>(made - intake.made.begin())].parts;
}

/// Why each item is posted or not, on each account.
class Explanation {
public:
    Explanation(asio::io_context& context, Composition& composition, const Invocation& call,
                const Settings& settings, const SourceSettings& source, const SourceYield& yield,
                const std::vector<ItemIdentity>& identities)
        : source_(source)
        , yield_(yield)
        , identities_(identities)
        , now_(composition.clock().now()) {
        if (source.targets.empty())
            return;
        SourceMemory memory{context, composition, settings};
        const KnownServers servers{call, settings};
        for (const PostTarget& target : source.targets)
            verdicts_.push_back(
                memory.judge(source, target, yield.items, identities, servers.of(target.account), now_));
    }

    void add_to(json::object& object, std::size_t place) const {
        const Item& item = yield_.items[place];
        json::array verdicts;
        for (std::size_t i = 0; i < source_.targets.size(); ++i) {
            json::object verdict = by_settings(source_.targets[i], item);
            verdict["decision"] = verdicts_[i] ? decision(*verdicts_[i], item, identities_[place])
                                               : "not known: " + verdicts_[i].error().message;
            if (const int posts = verdicts_[i] ? posts_of(verdicts_[i]->intake, place) : 1; posts > 1)
                verdict["posts"] = posts; // a thread
            verdicts.push_back(std::move(verdict));
        }
        object["verdicts"] = std::move(verdicts);
    }

private:
    /// What the configuration alone says of it.
    [[nodiscard]] json::object by_settings(const PostTarget& target, const Item& item) const {
        json::object verdict;
        verdict["account"] = target.account.str();
        const auto filter = CompiledFilter::compile(target.filter ? *target.filter : Filter{});
        const FilterVerdict judged =
            filter ? filter->judge(item) : FilterVerdict{false, filter.error().message};
        verdict["pass"] = judged.pass;
        verdict["why"] = judged.why;
        const std::optional<Instant> date = item.published ? item.published : item.updated;
        if (judged.pass && item.gone) {
            verdict["pass"] = false;
            verdict["why"] = "taken back: a post of it that has not left is cancelled";
        } else if (judged.pass && item.due && *item.due > now_) {
            verdict["why"] = judged.why + "; waits for its time, " + to_rfc3339(*item.due);
        } else if (judged.pass && item.due) {
            verdict["why"] = judged.why + "; was due " + to_rfc3339(*item.due);
        } else if (judged.pass && source_.max_age && date && now_ - *date > *source_.max_age) {
            verdict["pass"] = false;
            verdict["why"] = "older than max_age";
        }
        return verdict;
    }

    const SourceSettings& source_;
    const SourceYield& yield_;
    const std::vector<ItemIdentity>& identities_;
    Instant now_;
    std::vector<Result<SourceMemory::Verdict>> verdicts_; ///< one for each account
};

} // namespace

int items(const Invocation& call, const ItemsOptions& options) {
    Settings settings;
    Result<SourceSettings> source = Failure{Cause::usage, ""};
    const bool place = is_address(options.what) || options.what.find('/') != std::string::npos;
    // Who only wants to see what a file has needs no configuration; one that is there counts first.
    if (!place && has_config(call)) {
        auto loaded = load_settings(call);
        if (!loaded)
            return exit_config;
        settings = std::move(*loaded);
        const auto found = std::find_if(settings.sources.begin(), settings.sources.end(),
                                        [&](const SourceSettings& s) { return s.name == options.what; });
        source = found != settings.sources.end() ? Result<SourceSettings>{*found}
                                                 : bare_source(options.what, options.plugin);
    } else {
        source = bare_source(options.what, options.plugin);
    }
    if (!source)
        return fail(call, source.error());
    if (!options.post.empty() && source->targets.empty())
        return fail(
            call, Failure{Cause::usage,
                          options.what + " is no source of the configuration: it has no account to post to"});
    if (!options.account.empty() && !source->targets.empty())
        if (const Result<> good = check_account_of(settings, *source, options.account); !good)
            return fail(call, good.error());

    asio::io_context context{1};
    NoLog log;
    Composition composition{context, call, settings, log};
    const Result<SourceYield> yield = composition.look_at(*source);
    if (!yield)
        return fail(call, yield.error());
    for (const std::string& warning : yield->warnings)
        call.err << "warning: " << warning << '\n';
    if (yield->again)
        call.err << "note: something there was written a moment ago, and is left for a look in "
                 << to_text(*yield->again) << '\n';
    const std::vector<ItemIdentity> identities = identify_all(yield->items, source->identify_by);
    std::optional<Explanation> explanation;
    if (options.explain)
        explanation.emplace(context, composition, call, settings, *source, *yield, identities);
    for (std::size_t i = 0; i < yield->items.size(); ++i) {
        if (!options.post.empty()) {
            if (is_meant(yield->items[i], identities[i], options.post))
                return post_item(call, settings, *source, yield->items[i], identities[i], options.account);
            continue;
        }
        json::object object = admin::to_json(yield->items[i]);
        if (explanation)
            explanation->add_to(object, i);
        print(call, object);
    }
    if (!options.post.empty())
        return fail(call,
                    Failure{Cause::usage, options.what + " has no item " + options.post + " now",
                            "`crier items " + options.what + "` lists them; the id or the link names one"});
    return exit_ok;
}

} // namespace crier::commands
