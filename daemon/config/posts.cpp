#include "config/posts.hpp"

#include "config/words.hpp"
#include "core/nearest.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace crier::config {
namespace {

constexpr std::array<std::string_view, 6> media_kinds{"item",         "enclosure",     "media_rss",
                                                      "itunes_image", "content_image", "og_image"};

text::Template read_template(Scope& scope, const GivenText& given, const std::vector<std::string>& variables,
                             const Path& path) {
    if (!given || given.value.empty())
        return {};
    if (const auto hash = given.at.cut_by_hash())
        scope.problems().warning(path, given.at,
                                 "the text ends before the # behind it, which begins a comment",
                                 "put the whole text in quotes: \"" + std::string{given.value} + " #...\"");
    auto made = text::Template::parse(std::string{given.value}, variables);
    if (made)
        return std::move(*made);
    const auto& problem = made.error();
    scope.problems().error_at(path, given.at, given.at.position_in(problem.offset), problem.message,
                              problem.hint);
    return {};
}

std::vector<std::string> read_kinds(Scope& scope, Ref given, const Path& path) {
    std::vector<std::string> kinds;
    const auto take = [&](Ref kind) {
        const std::string_view text = kind.text();
        if (std::find(media_kinds.begin(), media_kinds.end(), text) == media_kinds.end()) {
            const std::string near = nearest(text, {media_kinds.begin(), media_kinds.end()});
            scope.problems().error(path, kind, "an item has no media of kind " + quoted(text),
                                   near.empty() ? alternatives({media_kinds.begin(), media_kinds.end()}, "or")
                                                : "did you mean '" + near + "'?");
        }
        kinds.emplace_back(text);
    };
    if (given.is(Kind::scalar))
        take(given);
    else
        for (const Ref kind : given)
            take(kind);
    return kinds;
}

void check_file(Scope& scope, const GivenText& file, const std::string& absolute, const Path& path) {
    if (file.value.find("://") != std::string_view::npos) {
        scope.problems().error(path, file.at, "this is an address, and `file` wants a file",
                               "media of addresses that are no item's are not in this version");
        return;
    }
    if (!file_exists(scope.context, absolute))
        scope.problems().error(path, file.at, "there is no file " + absolute,
                               "relative paths start from the file that names them");
}

Layer::Medium read_medium(Scope& scope, Ref at, const std::vector<std::string>& variables, bool has_item,
                          const Path& path) {
    static const MediaDraft fresh = preset<MediaDraft>(media_section());
    MediaDraft said = fresh;
    Layer::Medium medium;
    Problems& problems = scope.problems();
    if (!scope.reader.fill(media_section(), &said, at, path))
        return medium;
    medium.made.place = place_of(at);
    medium.made.required = said.required.value;
    medium.made.missing_alt = said.missing_alt.value;
    medium.states_missing_alt = static_cast<bool>(said.missing_alt);
    medium.made.alt = read_template(scope, said.alt, variables, Path{&path, "alt"});
    const Path file_path{&path, "file"};
    const Path from_path{&path, "from"};
    if (said.file && said.from)
        problems.error_at(from_path, said.from.at, said.from.at.key_position(),
                          "file and from exclude each other", "make two entries of the list");
    else if (!said.file && !said.from)
        problems.error(path, at, "neither file nor from says what to attach",
                       "for example {file: media/sunrise.jpg, alt: \"The sun over the harbour\"}");
    else if (said.from && !has_item)
        problems.error_at(from_path, said.from.at, said.from.at.key_position(),
                          "an entry has no item to take media from", "name a file");
    else if (said.from && said.from.value)
        medium.made.from = read_kinds(scope, said.from.value, from_path);
    if (said.file && !said.file.value.empty()) {
        medium.made.file = scope.files.absolute(said.file.at, said.file.value);
        check_file(scope, said.file, medium.made.file, file_path);
        if (!said.alt || said.alt.value.empty())
            medium.path = path.text();
    }
    return medium;
}

bool is_language(std::string_view text) {
    const std::size_t hyphen = std::min(text.find('-'), text.size());
    const auto letters = [](std::string_view part, bool lower) {
        return std::all_of(part.begin(), part.end(), [&](char c) {
            return (c >= 'a' && c <= 'z') || (!lower && ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')));
        });
    };
    const std::string_view main = text.substr(0, hyphen);
    const std::string_view region = text.substr(std::min(hyphen + 1, text.size()));
    return (main.size() == 2 || main.size() == 3) && letters(main, true) &&
           (hyphen == text.size() || (region.size() >= 2 && region.size() <= 4 && letters(region, false)));
}

void check_language(Scope& scope, const GivenText& language, const Path& path) {
    if (!language || language.value.empty())
        return;
    if (!is_language(language.value))
        scope.problems().error(path, language.at, quoted(language.value) + " is no language code",
                               "an ISO 639 code such as en, de or pt-BR");
    else if (language.value == "no" && language.at.plain())
        scope.problems().warning(path, language.at, "taken for Norwegian",
                                 "an unquoted no is a truth value to other YAML readers: write \"no\"");
}

/// A file that nothing describes: what will come of it.
void warn_of_missing_alt(Scope& scope, const Layer::Medium& medium) {
    if (medium.path.empty() || medium.made.missing_alt == MissingAlt::post)
        return;
    constexpr std::array<std::string_view, 3> outcomes{"the post would be held", "it would be left out",
                                                       "the post would be left out"};
    scope.problems().list().push_back(
        warning_at(medium.made.place, medium.path,
                   "no alt text: " + std::string{outcomes[static_cast<std::size_t>(medium.made.missing_alt)]},
                   "describe it under alt for those who cannot see it"));
}

PostTemplate filled(const Layer& layer) {
    const PostDraft& said = layer.said;
    PostTemplate post;
    post.status = layer.status;
    post.spoiler_text = layer.spoiler_text;
    post.sensitive = said.sensitive.value;
    post.visibility = said.visibility.value;
    post.language = said.language.value;
    post.overflow = said.overflow.value;
    post.defuse_mentions = said.mentions.value == Mentions::defuse;
    return post;
}

} // namespace

const std::vector<std::string>& entry_variables() {
    static const std::vector<std::string> names{"now", "due", "entry", "account"};
    return names;
}

const std::vector<std::string>& item_variables() {
    static const std::vector<std::string> names{"title",      "link",      "summary", "content",  "author",
                                                "categories", "published", "updated", "language", "id",
                                                "source",     "account",   "now"};
    return names;
}

const std::vector<std::string>& common_variables() {
    static const std::vector<std::string> names{"now", "account"};
    return names;
}

namespace {

/// More are a slip of the hand, or spam.
constexpr std::size_t most_parts = 100;

void read_parts(Scope& scope, Layer& layer, const std::vector<std::string>& variables, bool has_item,
                const Path& path) {
    const PostDraft& said = layer.said;
    Problems& problems = scope.problems();
    if (has_item)
        problems.error_at(path, said.thread.at, said.thread.at.key_position(),
                          "threads are for entries of the schedule", "a source's post has a status");
    if (said.status || said.media)
        problems.error_at(path, said.thread.at, said.thread.at.key_position(),
                          "thread excludes status and media beside it", "put them into its first part");
    if (said.thread.value.size() < 2 || said.thread.value.size() > most_parts)
        problems.error(path, said.thread.value, "a thread has 2 to " + std::to_string(most_parts) + " parts",
                       "for example thread: [{status: \"1/2 ...\"}, {status: \"2/2 ...\"}]");
    int index = 0;
    for (const Ref child : said.thread.value) {
        const Path at{&path, {}, index++};
        static const PostDraft fresh = preset<PostDraft>(thread_section());
        PostDraft part = fresh;
        if (!scope.reader.fill(thread_section(), &part, child, at))
            continue;
        if (!part.status && !part.media)
            problems.error(at, child, "neither status nor media says what to post",
                           "for example {status: \"1/2 ...\"}");
        layer.parts.push_back(read_layer(scope, part, variables, has_item, at));
    }
}

} // namespace

Layer read_layer(Scope& scope, const PostDraft& said, const std::vector<std::string>& variables,
                 bool has_item, const Path& path) {
    Layer layer;
    layer.said = said;
    layer.status = read_template(scope, said.status, variables, Path{&path, "status"});
    layer.spoiler_text = read_template(scope, said.spoiler_text, variables, Path{&path, "spoiler_text"});
    check_language(scope, said.language, Path{&path, "language"});
    if (said.media && said.media.value) {
        const Path list{&path, "media"};
        int index = 0;
        for (const Ref medium : said.media.value)
            layer.media.push_back(read_medium(scope, medium, variables, has_item, Path{&list, {}, index++}));
    }
    if (said.thread && said.thread.value)
        read_parts(scope, layer, variables, has_item, Path{&path, "thread"});
    return layer;
}

void overlay(Layer& base, const Layer& over) {
    const auto take = [](auto& slot, const auto& from) {
        if (from)
            slot = from;
    };
    const PostDraft& said = over.said;
    if (said.status)
        base.status = over.status;
    if (said.spoiler_text)
        base.spoiler_text = over.spoiler_text;
    if (said.media)
        base.media = over.media;
    // The later of a single post and a thread stands.
    if (said.thread) {
        base.parts = over.parts;
        base.said.status = {};
        base.said.media = {};
        base.status = {};
        base.media.clear();
    } else if (said.status || said.media) {
        base.parts.clear();
        base.said.thread = {};
    }
    take(base.said.thread, said.thread);
    take(base.said.status, said.status);
    take(base.said.spoiler_text, said.spoiler_text);
    take(base.said.sensitive, said.sensitive);
    take(base.said.visibility, said.visibility);
    take(base.said.language, said.language);
    take(base.said.overflow, said.overflow);
    take(base.said.mentions, said.mentions);
    take(base.said.missing_alt, said.missing_alt);
    take(base.said.media, said.media);
}

namespace {

PostTemplate whole(Scope& scope, const Layer& layer) {
    PostTemplate post = filled(layer);
    post.media.reserve(layer.media.size());
    for (Layer::Medium medium : layer.media) {
        if (!medium.states_missing_alt)
            medium.made.missing_alt = layer.said.missing_alt.value;
        warn_of_missing_alt(scope, medium);
        post.media.push_back(std::move(medium.made));
    }
    return post;
}

} // namespace

std::shared_ptr<const PostTemplate> make_post(Scope& scope, const Layer& layer, Ref at, const Path& path,
                                              std::string_view account) {
    const PostDraft& said = layer.said;
    bool good = true;
    if (!said.status && !said.media && !said.thread) {
        scope.problems().error(path, at, "neither post.status nor post.media says what to post",
                               "for example post: {status: \"Good morning!\"}");
        good = false;
    }
    if (!said.visibility) {
        scope.problems().error(path, at, "the visibility is stated nowhere",
                               "state it under " + path.text() + ".post, accounts." + printable(account) +
                                   ".defaults or defaults: visibility: public");
        good = false;
    }
    if (!good)
        return nullptr;
    if (layer.parts.empty())
        return std::make_shared<PostTemplate>(whole(scope, layer));
    std::vector<PostTemplate> parts;
    for (const Layer& part : layer.parts) {
        Layer one = layer;
        overlay(one, part);
        parts.push_back(whole(scope, one));
    }
    auto post = std::make_shared<PostTemplate>(std::move(parts.front()));
    post->replies.assign(std::make_move_iterator(parts.begin() + 1), std::make_move_iterator(parts.end()));
    return post;
}

std::shared_ptr<const PostTemplate> make_defaults(const Layer& layer) {
    if (!layer.said.visibility)
        return nullptr;
    return std::make_shared<const PostTemplate>(filled(layer));
}

} // namespace crier::config
