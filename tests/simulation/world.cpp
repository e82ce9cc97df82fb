#include "simulation/world.hpp"

#include <memory>
#include <utility>

namespace crier::sim {

using namespace std::chrono_literals;

namespace {

std::shared_ptr<const PostTemplate> post_of(const std::string& status, const std::string& picture,
                                            bool marked = false) {
    auto post = std::make_shared<PostTemplate>();
    post->status = *text::Template::parse(status, {"now", "due", "entry", "account", "title", "link"});
    if (marked)
        post->content_type = "text/markdown";
    if (!picture.empty()) {
        MediaTemplate media;
        media.file = picture;
        media.alt = *text::Template::parse("a picture", {});
        post->media.push_back(std::move(media));
    }
    return post;
}

} // namespace

std::string account_name(std::size_t account) {
    return "a" + std::to_string(account);
}

const std::vector<EntryFact>& entry_facts() {
    static const std::vector<EntryFact> facts = [] {
        std::vector<EntryFact> list(3);
        list[0] = {"twohourly", 2h, {0}, true};
        list[1] = {"pictured", 3h, {1}, false};
        list[2] = {"both", 6h, {0, 1}, true};
        return list;
    }();
    return facts;
}

const std::vector<FeedFact>& feed_facts() {
    static const std::vector<FeedFact> facts = [] {
        std::vector<FeedFact> list(2);
        list[0] = {"f0", {0}, 10};
        list[1] = {"f1", {0, 1}, 5};
        return list;
    }();
    return facts;
}

Settings make_settings(const std::string& picture) {
    Settings settings;
    for (std::size_t i = 0; i < account_count; ++i) {
        AccountSettings account;
        account.name = account_name(i);
        account.server = "https://" + account.name + ".example";
        account.token.kind = TokenRef::Kind::file;
        account.defaults = std::make_shared<PostTemplate>();
        settings.accounts.emplace(account.name, std::move(account));
    }
    for (const EntryFact& fact : entry_facts()) {
        EntrySettings entry;
        entry.name = fact.name;
        schedule::Every every;
        every.period = fact.period;
        entry.when = schedule::Calendar{every};
        entry.timezone = "UTC";
        if (fact.catches_up) {
            entry.missed.policy = Missed::all;
            entry.missed.within = 7 * 24h;
        }
        for (const std::size_t account : fact.accounts) {
            PostTarget target;
            target.account = account_name(account);
            target.post = post_of(fact.name + "@{{ now | date('%Y-%m-%dT%H:%M:%SZ') }}",
                                  fact.name == "pictured" ? picture : std::string{});
            entry.targets.push_back(std::move(target));
        }
        settings.schedule.push_back(std::move(entry));
    }
    settings.inbound.emplace();
    settings.inbound->url = "https://bot.example";
    for (const FeedFact& fact : feed_facts()) {
        SourceSettings source;
        source.name = fact.name;
        source.plugin = "feed";
        source.url = "https://blog.example/" + fact.name + ".xml";
        if (fact.name == "f0") // its bursts are meant
            source.fuse = Fuse{false};
        source.poll = 14min + 24s; // a hundred looks a day
        for (const std::size_t account : fact.accounts) {
            PostTarget target;
            target.account = account_name(account);
            target.post = post_of("{{ title }}", {}, fact.name == "f1");
            source.targets.push_back(std::move(target));
        }
        settings.sources.push_back(std::move(source));
    }
    return settings;
}

void set_pace(Settings& settings, Pace pace) {
    for (SourceSettings& source : settings.sources) {
        if (!source.name.starts_with(feed_facts()[1].name))
            continue;
        source.delay = pace == Pace::delayed ? Duration{20min} : Duration{};
        source.spacing = pace == Pace::spaced ? Duration{10min} : Duration{};
        if (pace == Pace::few)
            source.per_look = 1;
    }
}

void set_follows(Settings& settings) {
    for (SourceSettings& source : settings.sources) {
        source.on_update = OnUpdate::edit;
        source.on_delete = OnDelete::remove;
    }
}

void set_threads(Settings& settings) {
    for (SourceSettings& source : settings.sources)
        for (PostTarget& target : source.targets) {
            auto post = std::make_shared<PostTemplate>(*target.post);
            post->overflow = Overflow::thread;
            target.post = std::move(post);
        }
}

Instant world_start() {
    static const Instant start = *from_rfc3339("2026-11-24T00:30:00Z");
    return start;
}

} // namespace crier::sim
