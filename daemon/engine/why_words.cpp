#include "core/text/plain.hpp"
#include "engine/fuse_check.hpp"
#include "engine/verdict.hpp"
#include "engine/why_tell.hpp"

#include <utility>

namespace crier::engine {

WhyStep& add_step(Why& why, std::string_view what, std::optional<Instant> at, std::string text) {
    WhyStep step;
    step.what = what;
    step.at = at;
    step.text = std::move(text);
    why.chain.push_back(std::move(step));
    return why.chain.back();
}

WhyStep& add_step(Why& why, const Obstacle& obstacle) {
    WhyStep& step = add_step(why, obstacle.what, std::nullopt, obstacle.why);
    step.until = obstacle.until;
    step.action = obstacle.action;
    step.then = obstacle.then;
    return step;
}

std::string shown(const Post& post) {
    return "post " + std::to_string(post.id) + ": " +
           text::first_graphemes(text::one_line(post.content.status), 60);
}

std::string advice(const Post& post) {
    const std::string id = std::to_string(post.id);
    const std::string cancel = ", or crier outbox cancel " + id;
    switch (post.state) {
    case PostState::held:
        break;
    case PostState::failed:
        return post.in_doubt ? "look at the account's page; crier outbox retry " + id +
                                   " --anyway sends it all the same, and then it may be there twice"
                             : "mend what the server says and crier outbox retry " + id +
                                   ", or post it anew: crier post";
    case PostState::expired:
        return "crier outbox retry " + id + " sends it all the same";
    case PostState::cancelled:
        return post.code == ReasonCode::dry ? "mode: live sends the next ones"
                                            : "crier outbox retry " + id + " sends it all the same";
    default:
        return {};
    }
    if (post.in_doubt && post.undone)
        return "look whether it is on the account's page, and delete it there" + cancel;
    if (post.in_doubt)
        return "look whether it is on the account's page; if not, crier outbox retry " + id +
               " --anyway; if it is" + cancel.substr(4);
    switch (post.code) {
    case ReasonCode::approval:
        return "crier outbox approve " + id + cancel;
    case ReasonCode::fuse:
        return fuse_action(post.origin.kind, post.origin.name);
    case ReasonCode::origin_removed:
        return "put it back into the configuration, or crier outbox release " + id + cancel;
    case ReasonCode::thread:
        if (post.part == 0) // what it replies to or quotes is nobody's here
            return "crier outbox release " + id + " tries it once more" + cancel;
        return "see to the part before it: this one goes on by itself when that is published";
    case ReasonCode::content:
        return "crier outbox release " + id + " sends it as it is" + cancel;
    default:
        return "crier outbox release " + id + cancel;
    }
}

std::string verdict_words(const SeenItem& seen) {
    const std::string_view words = seen.verdict;
    const auto after = [&](std::string_view word) { return std::string{words.substr(word.size())}; };
    if (words.starts_with(verdict::filtered))
        return "refused by the filter: " + after(verdict::filtered);
    if (words.starts_with(verdict::too_old))
        return "refused, it was older than max_age: of " + after(verdict::too_old);
    if (words == verdict::first_run)
        return "noted and not posted: it was there at the first run (first_run)";
    if (words == verdict::before_first_look)
        return "noted and not posted: older than the first look at the source";
    if (words.starts_with(verdict::dropped))
        return "not posted: " + after(verdict::dropped);
    if (words.starts_with(verdict::held))
        return "accepted, and held: " + after(verdict::held);
    return seen.verdict;
}

} // namespace crier::engine
