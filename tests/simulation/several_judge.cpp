#include "simulation/several_judge.hpp"

#include "simulation/several_machine.hpp"
#include "simulation/world.hpp"

#include <set>

namespace crier::sim {

using namespace std::chrono_literals;

namespace {

std::string first_word(const std::string& text) {
    return text.substr(0, text.find(' '));
}

std::string row_words(const Post& post) {
    return "post " + std::to_string(post.id) + " (" + first_word(post.content.status) + ") is " +
           std::string{to_text(post.state)} + (post.reason.empty() ? "" : ": " + post.reason);
}

} // namespace

void SeveralJudge::wrong(std::size_t account, const std::string& what) {
    world_.outcome_.wrong.push_back(account_name(account) + " (" +
                                    std::string{to_text(world_.manners_[account])} + "): " + what);
}

void SeveralJudge::published_once(std::size_t account) {
    std::map<std::string, int> times;
    for (const SimServer::Status& status : world_.servers_[account]->statuses()) {
        const std::string name = first_word(status.text);
        if (++times[name] == 2)
            wrong(account, "DOUBLED: " + name);
        if (rows_.count(name) == 0)
            wrong(account, "nobody asked for " + name);
    }
}

void SeveralJudge::rows_are_true(std::size_t account) {
    std::map<std::string, const SimServer::Status*> by_id;
    std::set<std::string> there;
    for (const SimServer::Status& status : world_.servers_[account]->statuses()) {
        by_id.emplace(status.id, &status);
        there.insert(first_word(status.text));
    }
    SeveralOutcome& outcome = world_.outcome_;
    const Instant end = world_.start_ + run_length;
    for (const auto& [name, post] : rows_) {
        ++outcome.posts;
        if (post->state == PostState::published) {
            ++outcome.published;
            const auto status = by_id.find(post->status_id);
            if (there.count(name) == 0)
                wrong(account, "LOST: " + row_words(*post) + ", and the server does not have it");
            else if (status == by_id.end() || first_word(status->second->text) != name)
                wrong(account, "MIXED UP: " + row_words(*post));
            continue;
        }
        if (post->state == PostState::held) {
            ++outcome.held;
            if (!post->in_doubt && there.count(name) > 0)
                wrong(account, "UNTRUE: " + row_words(*post) + ", and the server has it");
        } else if (is_final(post->state)) {
            wrong(account, "GIVEN UP: " + row_words(*post));
        } else if (post->due < end) {
            wrong(account, "STUCK: " + row_words(*post) + ", next " + to_rfc3339(post->next));
        }
    }
}

/// Whoever works on the account hears of it at once, or works on it no more when its lease is over.
void SeveralJudge::pauses_were_kept(std::size_t account) {
    constexpr Duration at_last = 90s + 60s + 5s;
    for (const auto& pause : world_.pauses_)
        for (const SimServer::Sent& sent : world_.servers_[account]->sent())
            if (sent.world > pause.from + at_last && sent.world < pause.over)
                wrong(account,
                      "SENT WHILE PAUSED: " + first_word(sent.text) + " at " + to_rfc3339(sent.world));
}

/// From the first hour on, in which the daemons begin.
void SeveralJudge::all_was_accepted(std::size_t account) {
    const Instant end = world_.start_ + run_length;
    for (Instant when = world_.start_ + 1h; when < end; when += 30min)
        if (rows_.count("e" + std::to_string(account) + "@" + to_rfc3339(when)) == 0)
            wrong(account, "LOST: the occurrence of " + to_rfc3339(when) + " was never accepted");
}

void SeveralJudge::feed_was_accepted(std::size_t feed, std::size_t account) {
    for (const SimFeed::Entry& entry : world_.feeds_[feed]->entries()) {
        const bool accepted = rows_.count(entry.name) > 0;
        if (accepted && entry.published < world_.start_)
            wrong(account, "FLOODED: " + entry.name + " is older than the first look");
        if (!accepted && entry.published > world_.start_ + 1h)
            wrong(account, "LOST: " + entry.name + " was never accepted");
    }
}

void SeveralJudge::judge() {
    for (std::size_t account = 0; account < shared_accounts; ++account) {
        rows_.clear();
        for (const Post& post : world_.database_.tables.posts())
            if (post.account == account_name(account) &&
                !rows_.emplace(first_word(post.content.status), &post).second)
                wrong(account, "TWO ROWS for " + first_word(post.content.status));
        published_once(account);
        rows_are_true(account);
        pauses_were_kept(account);
        all_was_accepted(account);
        if (account == 0)
            feed_was_accepted(0, account);
        if (account == 1 || account == 2)
            feed_was_accepted(1, account);
    }
}

} // namespace crier::sim
