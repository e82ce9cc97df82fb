#include "config/posts.hpp"

#include "config/post_media.hpp"
#include "config/post_parts.hpp"
#include "config/words.hpp"
#include "core/language.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace crier::config {
namespace {

void check_language(Scope& scope, const GivenText& language, const Path& path) {
    if (!language || language.value.empty())
        return;
    if (!is_language(language.value))
        scope.problems().error(path, language.at, quoted(language.value) + " is no language code",
                               language_hint);
    else if (language.value == "no" && language.at.plain())
        scope.problems().warning(path, language.at, "taken for Norwegian",
                                 "an unquoted no is a truth value to other YAML readers: write \"no\"");
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
    post.thread_counter = said.thread_counter.value;
    post.defuse_mentions = layer.defuse_mentions;
    post.meant_mentions = layer.meant_mentions;
    post.warnings = layer.warnings;
    post.content_type = layer.content_type;
    post.quote_policy = said.quote_policy.value;
    post.local_only = said.local_only.value;
    post.strip_metadata = said.metadata.value == Metadata::strip;
    post.pin = said.pin.value;
    post.poll = layer.poll;
    return post;
}

} // namespace

namespace {

/// More are a slip of the hand, or spam.
constexpr std::size_t most_parts = 100;

/// A list that stands in the place of one post.
struct Series {
    std::string_view key;
    std::string_view many; ///< "threads are", for the message where there may be none
    std::string_view few;  ///< "a thread has 2 to"
    std::string_view example;
};

constexpr Series thread_series{"thread", "threads are", "a thread has 2 to",
                               "for example thread: [{status: \"1/2 ...\"}, {status: \"2/2 ...\"}]"};
constexpr Series turns_series{"in_turn", "posts in turn are", "in_turn has 2 to",
                              "for example in_turn: [{status: \"Drink some water.\"}, {status: \"Stretch "
                              "your legs.\"}]"};

std::vector<Layer> read_series(Scope& scope, const PostDraft& said, const GivenNode& given,
                               const Series& series, const Material& material, const Path& above) {
    std::vector<Layer> parts;
    if (!given || !given.value)
        return parts;
    const Path path{&above, series.key};
    Problems& problems = scope.problems();
    if (!material.series)
        problems.error_at(path, given.at, given.at.key_position(),
                          std::string{series.many} + " for entries of the schedule",
                          "a source's post has a status");
    if (said.status || said.media || said.poll)
        problems.error_at(path, given.at, given.at.key_position(),
                          std::string{series.key} + " excludes status, media and poll beside it",
                          "put them into its first part");
    if (given.value.size() < 2 || given.value.size() > most_parts)
        problems.error(path, given.value,
                       std::string{series.few} + " " + std::to_string(most_parts) + " parts",
                       std::string{series.example});
    int index = 0;
    for (const Ref child : given.value) {
        const Path at{&path, {}, index++};
        static const PostDraft fresh = preset<PostDraft>(thread_section());
        PostDraft part = fresh;
        if (!scope.reader.fill(thread_section(), &part, child, at))
            continue;
        if (!part.status && !part.media)
            problems.error(at, child, "neither status nor media says what to post",
                           "for example {status: \"1/2 ...\"}");
        parts.push_back(read_layer(scope, part, material, at));
    }
    return parts;
}

} // namespace

Layer read_layer(Scope& scope, const PostDraft& said, const Material& material, const Path& path) {
    Layer layer;
    layer.said = said;
    layer.status = read_template(scope, said.status, material.variables, Path{&path, "status"});
    layer.spoiler_text =
        read_template(scope, said.spoiler_text, material.variables, Path{&path, "spoiler_text"});
    check_language(scope, said.language, Path{&path, "language"});
    const MentionRule mentions = read_mentions(scope, said.mentions, Path{&path, "mentions"});
    layer.defuse_mentions = mentions.defuse;
    layer.meant_mentions = mentions.meant;
    layer.warnings = read_cw_rules(scope, said.cw_rules, Path{&path, "cw_rules"});
    layer.poll = read_question(scope, said.poll, material, Path{&path, "poll"});
    layer.content_type = read_content_type(scope, said.content_type, Path{&path, "content_type"});
    if (said.media && said.media.value) {
        const Path list{&path, "media"};
        int index = 0;
        for (const Ref medium : said.media.value)
            layer.media.push_back(read_medium(scope, medium, material, Path{&list, {}, index++}));
    }
    if (said.thread && said.in_turn)
        scope.problems().error_at(Path{&path, "in_turn"}, said.in_turn.at, said.in_turn.at.key_position(),
                                  "thread and in_turn exclude each other", "make two entries of them");
    layer.parts = read_series(scope, said, said.thread, thread_series, material, path);
    layer.turns = read_series(scope, said, said.in_turn, turns_series, material, path);
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
    if (said.mentions) {
        base.defuse_mentions = over.defuse_mentions;
        base.meant_mentions = over.meant_mentions;
    }
    if (said.cw_rules)
        base.warnings = over.warnings;
    if (said.content_type)
        base.content_type = over.content_type;
    if (said.poll)
        base.poll = over.poll;
    // The later of a single post, a thread and posts in turn stands.
    const bool single = said.status || said.media;
    const bool series = said.thread || said.in_turn;
    if (single || series) {
        base.parts = over.parts;
        base.turns = over.turns;
        base.said.thread = said.thread;
        base.said.in_turn = said.in_turn;
    }
    if (series) {
        base.said.status = {};
        base.said.media = {};
        base.said.poll = {};
        base.status = {};
        base.media.clear();
        base.poll.reset();
    }
    take(base.said.status, said.status);
    take(base.said.spoiler_text, said.spoiler_text);
    take(base.said.sensitive, said.sensitive);
    take(base.said.visibility, said.visibility);
    take(base.said.language, said.language);
    take(base.said.overflow, said.overflow);
    take(base.said.thread_counter, said.thread_counter);
    take(base.said.mentions, said.mentions);
    take(base.said.cw_rules, said.cw_rules);
    take(base.said.missing_alt, said.missing_alt);
    take(base.said.metadata, said.metadata);
    take(base.said.content_type, said.content_type);
    take(base.said.quote_policy, said.quote_policy);
    take(base.said.local_only, said.local_only);
    take(base.said.pin, said.pin);
    take(base.said.in_reply_to, said.in_reply_to);
    take(base.said.quote, said.quote);
    take(base.said.poll, said.poll);
    take(base.said.media, said.media);
}

namespace {

PostTemplate whole(Scope& scope, const Layer& layer, std::string_view account, const Path& path) {
    PostTemplate post = filled(layer);
    const Path below{&path, "post"};
    post.in_reply_to = read_status_ref(scope, layer.said.in_reply_to, account, Path{&below, "in_reply_to"});
    post.quote = read_status_ref(scope, layer.said.quote, account, Path{&below, "quote"});
    post.media.reserve(layer.media.size());
    for (Layer::Medium medium : layer.media) {
        if (!medium.states_missing_alt)
            medium.made.missing_alt = layer.said.missing_alt.value;
        if (!medium.states_metadata)
            medium.made.strip_metadata = layer.said.metadata.value == Metadata::strip;
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
    if (!said.status && !said.media && !said.thread && !said.in_turn) {
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
    const std::vector<Layer>& series = layer.parts.empty() ? layer.turns : layer.parts;
    if (series.empty())
        return std::make_shared<PostTemplate>(whole(scope, layer, account, path));
    std::vector<PostTemplate> posts;
    for (const Layer& part : series) {
        Layer one = layer;
        overlay(one, part);
        // A thread answers, quotes and is pinned by its first part; the others are replies to it.
        if (!posts.empty() && !layer.parts.empty()) {
            one.said.in_reply_to = {};
            one.said.quote = {};
            one.said.pin = {};
        }
        posts.push_back(whole(scope, one, account, path));
    }
    auto post = std::make_shared<PostTemplate>(std::move(posts.front()));
    (layer.parts.empty() ? post->turns : post->replies)
        .assign(std::make_move_iterator(posts.begin() + 1), std::make_move_iterator(posts.end()));
    return post;
}

std::shared_ptr<const PostTemplate> make_defaults(const Layer& layer) {
    if (!layer.said.visibility)
        return nullptr;
    return std::make_shared<const PostTemplate>(filled(layer));
}

} // namespace crier::config
