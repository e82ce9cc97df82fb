#include "config/address.hpp"
#include "core/ascii.hpp"
#include "core/text/plain.hpp"
#include "moving/ini.hpp"
#include "moving/moved.hpp"
#include "moving/python_format.hpp"

#include <algorithm>
#include <optional>
#include <utility>

/// feed2toot (Debian has 0.17): an INI file, a list of feeds, and a cache of the ids that it has posted, one
/// on each line, the newest last.
namespace crier::moving {

namespace {

/// Of each feed it looks at so many entries, from the top (its option --limit).
constexpr std::size_t looked_at = 10;

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        if (std::string line = text::strip(text.substr(at, end - at)); !line.empty())
            lines.push_back(std::move(line));
        at = end + 1;
    }
    return lines;
}

std::vector<std::string> split_patterns(const std::string& text) {
    std::vector<std::string> patterns;
    for (std::size_t at = 0; at <= text.size();) {
        const auto end = std::min(text.find(',', at), text.size());
        if (end > at)
            patterns.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return patterns;
}

/// A text to be found, as a condition of crier's filters.
std::string as_condition(const std::string& pattern, bool case_matters) {
    if (!case_matters && !pattern.starts_with('/'))
        return pattern;
    std::string expression = "/";
    for (const char c : pattern) {
        if (std::string_view{"\\^$.|?*+()[]{}/"}.find(c) != std::string_view::npos)
            expression += '\\';
        expression += c;
    }
    return expression + (case_matters ? "/" : "/i");
}

/// A line of `uri_list`, or `uri`: "Name <address|field|pattern,pattern>".
struct FeedLine {
    std::string title;
    std::string url;
    std::string field;
    std::vector<std::string> patterns;
};

std::optional<FeedLine> read_feed_line(std::string line) {
    FeedLine feed;
    if (const auto open = line.rfind(" <"); line.find('<') != std::string::npos) {
        if (open == std::string::npos || !line.ends_with('>'))
            return std::nullopt;
        feed.title = line.substr(0, open);
        line = line.substr(open + 2, line.size() - open - 3);
    }
    const auto first = line.find('|');
    feed.url = text::strip(line.substr(0, first));
    if (first == std::string::npos)
        return feed;
    const auto second = line.find('|', first + 1);
    if (second == std::string::npos || line.find('|', second + 1) != std::string::npos)
        return std::nullopt;
    feed.field = line.substr(first + 1, second - first - 1);
    feed.patterns = split_patterns(line.substr(second + 1));
    return feed;
}

/// The fields of an entry that both know by the same name.
bool has_filter(const std::string& field) {
    constexpr std::string_view fields[] = {"title", "summary", "author", "link"};
    return std::find(std::begin(fields), std::end(fields), field) != std::end(fields);
}

/// One configuration of feed2toot's.
class Feed2toot {
public:
    Feed2toot(Ini ini, const std::string& where, const Files& files)
        : ini_(std::move(ini))
        , where_(where)
        , files_(files) {}

    Result<Moved> read(const std::string& state) {
        moved_.by = "feed2toot";
        if (const Result<> account = read_account(); !account)
            return account.error();
        if (const Result<> feeds = read_feeds(); !feeds)
            return feeds.error();
        read_rest();
        if (const Result<> posted = read_cache(state); !posted)
            return posted.error();
        return std::move(moved_);
    }

private:
    void note(const std::string& key, const std::string& what) { moved_.notes.push_back(key + ": " + what); }

    Failure missing(const std::string& section, const std::string& name) const {
        return Failure{Cause::config, where_ + ": [" + section + "] has no " + name,
                       "is it a configuration of feed2toot?"};
    }

    Result<> read_account() {
        const auto server = ini_.get("mastodon", "instance_url");
        if (!server)
            return missing("mastodon", "instance_url");
        moved_.server = *server;
        moved_.visibility = ini_.get("mastodon", "toot_visibility").value_or("public");
        if (const auto token = ini_.get("mastodon", "user_credentials"); token && !token->empty())
            read_token(*token);
        else
            note("[mastodon] user_credentials", "not given, so no token is known");
        return {};
    }

    /// A file with the token in its first line; Mastodon.py takes the token itself, too.
    void read_token(const std::string& given) {
        const std::string path = files_.path_of(given);
        const Result<std::string> text = files_.read(path);
        if (text) {
            const std::vector<std::string> lines = lines_of(*text);
            moved_.token_place = "the first line of " + path;
            if (!lines.empty())
                moved_.token = Secret{lines.front()};
            return;
        }
        if (given.find('/') == std::string::npos && given.find('.') == std::string::npos) {
            moved_.token_place = "`user_credentials` of " + where_;
            moved_.token = Secret{given};
            return;
        }
        note("[mastodon] user_credentials", path + " cannot be read, so the token is not known");
        moved_.token_place = path;
    }

    /// The conditions that count for all feeds, by field.
    std::map<std::string, std::vector<std::string>> global_patterns() {
        std::map<std::string, std::vector<std::string>> patterns;
        const auto section = ini_.sections().find("rss");
        if (section == ini_.sections().end())
            return patterns;
        constexpr std::string_view suffix = "_pattern";
        for (const auto& [name, raw] : section->second) {
            if (!name.ends_with(suffix) || name == "no_uri_pattern_no_global_pattern")
                continue;
            const std::string field = name.substr(0, name.size() - suffix.size());
            const std::string key = "[rss] " + name;
            const std::vector<std::string> given =
                split_patterns(ini_.get("rss", name).value_or(std::string{}));
            if (given.empty())
                continue;
            if (!has_filter(field)) {
                note(key, "crier's filters have no field " + field + "; nothing is filtered by it");
                continue;
            }
            const bool case_matters = ini_.flag("rss", name + "_case_sensitive").value_or(false);
            for (const std::string& pattern : given)
                patterns[field].push_back(as_condition(pattern, case_matters));
        }
        if (patterns.size() > 1)
            note("[rss] *_pattern",
                 "feed2toot posts what matches one of the fields, crier what matches all of them; make a "
                 "source of each where that matters");
        return patterns;
    }

    Result<> read_feeds() {
        const auto toot = ini_.get("rss", "toot");
        const auto tweet = ini_.get("rss", "tweet");
        if (!toot && !tweet)
            return missing("rss", "toot");
        format_ = tweet ? *tweet : *toot;
        for (std::size_t at = 0; (at = format_.find("\\n", at)) != std::string::npos;)
            format_.replace(at, 2, "\n");
        const auto global = global_patterns();
        if (const auto list = ini_.get("rss", "uri_list"); list && !list->empty()) {
            const std::string path = files_.path_of(*list);
            const Result<std::string> text = files_.read(path);
            if (!text)
                return Failure{Cause::not_found,
                               where_ + ": uri_list names " + path + ": " + text.error().message};
            for (const std::string& line : lines_of(*text))
                if (const Result<> added = add_feed(line, path, global); !added)
                    return added;
        }
        // Where there is a list, feed2toot reads `uri`, too, and posts nothing of it.
        if (const auto uri = ini_.get("rss", "uri"); uri && !uri->empty()) {
            if (moved_.sources.empty()) {
                if (const Result<> added = add_feed(*uri, where_, global); !added)
                    return added;
            } else {
                note("[rss] uri", "feed2toot posts nothing of it beside a `uri_list`, and so does this");
            }
        }
        if (moved_.sources.empty())
            return Failure{Cause::config, where_ + ": [rss] names no feed by `uri` or `uri_list`"};
        return {};
    }

    Result<> add_feed(const std::string& line, const std::string& file,
                      const std::map<std::string, std::vector<std::string>>& global) {
        const std::optional<FeedLine> feed = read_feed_line(line);
        if (!feed)
            return Failure{Cause::config, file + ": this names no feed in feed2toot's way: " + line};
        MovedSource source;
        source.name = source_name(feed->title, feed->url, moved_.sources);
        source.url = feed->url.find("://") == std::string::npos ? files_.path_of(feed->url) : feed->url;
        source.is_private = is_private_feed(feed->url);
        source.status = status_of(feed->title, source.name);
        filter(*feed, global, source);
        moved_.sources.push_back(std::move(source));
        return {};
    }

    void filter(const FeedLine& feed, const std::map<std::string, std::vector<std::string>>& global,
                MovedSource& source) {
        const bool own = !feed.field.empty() && !feed.patterns.empty();
        if (!own) {
            if (!ini_.flag("rss", "no_uri_pattern_no_global_pattern").value_or(false))
                source.include = global;
            return;
        }
        // With both, one of them is enough.
        source.include = global;
        if (!has_filter(feed.field)) {
            note(feed.url, "crier's filters have no field " + feed.field + "; nothing is filtered by it");
            source.include.clear();
            return;
        }
        std::vector<std::string>& conditions = source.include[feed.field];
        for (const std::string& pattern : feed.patterns)
            conditions.push_back(as_condition(pattern, false));
        if (source.include.size() > 1)
            note(feed.url, "feed2toot posts what matches one of the fields, crier what matches all of them");
    }

    std::string status_of(const std::string& title, const std::string& name) {
        const auto field = [&](const std::string& field_name) -> std::optional<FormatField> {
            FormatField known;
            if (field_name == "feedname") {
                known.words = title.empty() ? name : title;
                return known;
            }
            if (field_name == "published" || field_name == "updated")
                known.note = "crier writes the moment as 2026-11-24 09:05 (docs/TEMPLATES.md, date)";
            for (const char* same : {"title", "link", "id", "author", "summary", "published", "updated"})
                if (field_name == same) {
                    known.expression = field_name;
                    return known;
                }
            return std::nullopt;
        };
        TranslatedFormat translated = translate_format(format_, field);
        for (std::string& line : translated.notes)
            if (const std::string whole = "[rss] toot: " + line;
                std::find(moved_.notes.begin(), moved_.notes.end(), whole) == moved_.notes.end())
                moved_.notes.push_back(whole);
        const bool tags = ini_.flag("rss", "addtags").value_or(true) &&
                          !ini_.flag("hashtaglist", "no_tags_in_toot").value_or(false);
        if (tags)
            translated.status += " {{ categories | hashtags }}";
        return std::move(translated.status);
    }

    void read_rest() {
        if (const auto most = ini_.get("rss", "toot_max_len"); most && *most != "500")
            note("[rss] toot_max_len",
                 "crier goes by the server's limit, and shortens titles and summaries rather than links; "
                 "{{ title | truncate(80) }} shortens one in any case");
        if (ini_.flag("rss", "ignore_ssl").value_or(false))
            note("[rss] ignore_ssl", "crier checks certificates; CRIER_CA_FILE names one of your own");
        if (const auto list = ini_.get("hashtaglist", "several_words_hashtags_list"); list && !list->empty())
            note("[hashtaglist] several_words_hashtags_list",
                 "not needed: crier makes one hashtag of all words of a category (#MachineLearning)");
        if (const auto custom = ini_.get("media", "custom"); custom && !custom->empty()) {
            moved_.picture = files_.path_of(*custom);
            note("[media] custom", "say what the picture shows, in `alt`; feed2toot posts it without");
        }
        if (ini_.has("influxdb"))
            note("[influxdb]", "has no counterpart; crier has figures of its own for a monitoring system");
    }

    Result<> read_cache(const std::string& state) {
        moved_.posted.by = "feed2toot";
        moved_.posted.newest = looked_at;
        const auto named = ini_.get("cache", "cachefile");
        if (state.empty() && !named)
            return Failure{Cause::not_found, where_ + ": [cache] names no cachefile",
                           "--state FILE names what feed2toot was started with as --cachefile"};
        const std::string path = state.empty() ? files_.path_of(*named) : state;
        const Result<std::string> text = files_.read(path);
        if (!text)
            return Failure{
                Cause::not_found, "feed2toot's cache cannot be read: " + text.error().message,
                "without it nothing is known of what was posted; --state FILE names it where it is "
                "elsewhere, and `crier adopt` reads the account's page instead"};
        if (text->find('\0') != std::string::npos)
            return Failure{Cause::unsupported,
                           path + " is no list of ids: early versions of feed2toot kept a database",
                           "run a later feed2toot once with --populate-cache, or use `crier adopt`"};
        for (std::string& id : lines_of(*text))
            moved_.posted.ids.insert(std::move(id));
        moved_.posted.until = files_.modified(path).value_or(Instant{});
        return {};
    }

    Ini ini_;
    std::string where_;
    const Files& files_;
    std::string format_;
    Moved moved_;
};

} // namespace

std::string Files::path_of(const std::string& name) const {
    if (name == "~" || name.starts_with("~/"))
        return home + name.substr(1);
    if (name.empty() || name.front() == '/')
        return name;
    return folder + "/" + name;
}

std::string source_name(const std::string& title, const std::string& url,
                        const std::vector<MovedSource>& taken) {
    std::string from = title;
    if (from.empty()) {
        const Result<config::Address> address = config::parse_address(url);
        from = address ? std::string{address->host} : url.substr(url.rfind('/') + 1);
        if (from.starts_with("www."))
            from.erase(0, 4);
    }
    std::string name;
    for (const char c : ascii::lower(from)) {
        const bool good = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
        if (good)
            name += c;
        else if (!name.empty() && name.back() != '_')
            name += '_';
    }
    while (!name.empty() && name.back() == '_')
        name.pop_back();
    if (name.empty() || name.front() < 'a')
        name = "feed" + (name.empty() ? "" : "_" + name);
    const std::string base = name;
    const auto is_taken = [&](const std::string& one) {
        return std::any_of(taken.begin(), taken.end(),
                           [&](const MovedSource& source) { return source.name == one; });
    };
    for (int n = 2; is_taken(name); ++n)
        name = base + "_" + std::to_string(n);
    return name;
}

bool is_private_feed(const std::string& url) {
    const Result<config::Address> address = config::parse_address(url);
    return address && (config::is_loopback(address->host) || config::is_private(address->host));
}

Result<Moved> read_feed2toot(const std::string& text, const std::string& where, const std::string& state,
                             const Files& files) {
    Result<Ini> ini = Ini::parse(text, where);
    if (!ini)
        return ini.error();
    return Feed2toot{std::move(*ini), where, files}.read(state);
}

} // namespace crier::moving
