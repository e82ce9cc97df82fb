#include "simulation/judge.hpp"

#include "simulation/agenda_judge.hpp"
#include "simulation/world.hpp"

#include <algorithm>

namespace crier::sim {

using namespace std::chrono_literals;

namespace {

/// The first word of a text names what it is.
std::string name_of(const std::string& text) {
    return text.substr(0, text.find(' '));
}

std::string words(const Post& post) {
    return "post " + std::to_string(post.id) + " (" + name_of(post.content.status) + ") is " +
           std::string{to_text(post.state)} + (post.reason.empty() ? "" : ": " + post.reason);
}

/// What the posts of one text say: all behind the name, but for what fills them.
std::string said_in(const std::string& text) {
    const std::size_t begin = text.find(' ');
    return begin == std::string::npos ? std::string{} : text.substr(begin, text.find(" -") - begin);
}

bool is_open(PostState state) {
    return !is_final(state) && state != PostState::held;
}

} // namespace

void Judge::wrong(std::size_t account, const std::string& what) {
    outcome_.wrong.push_back(account_name(account) + " (" + std::string{to_text(run_.plan_.manner[account])} +
                             "): " + what);
}

/// Did the configuration of the time have it?
bool Judge::was_planned(const EntryFact& entry, Instant when) const {
    if (entry.name == "twohourly")
        return std::none_of(run_.removals_.begin(), run_.removals_.end(),
                            [&](const auto& removal) { return removal.from <= when && removal.to >= when; });
    if (entry.name == "pictured" && run_.thinned_ &&
        when >= *run_.thinned_ - 4h) // or a full disk kept it till then
        return when.time_since_epoch() % (2 * entry.period) == Duration::zero();
    return true;
}

bool Judge::was_away_for_long(Instant until) const {
    return std::any_of(run_.downs_.begin(), run_.downs_.end(), [&](const auto& down) {
        return down.from < until - 12h && down.to - down.from > 12h && down.to > until - 8h;
    });
}

bool Judge::was_down(Instant from, Instant to) const {
    return std::any_of(run_.downs_.begin(), run_.downs_.end(),
                       [&](const auto& down) { return down.from <= to && down.to >= from; });
}

bool Judge::was_full(Instant from, Instant to) const {
    return std::any_of(run_.plan_.faults.begin(), run_.plan_.faults.end(), [&](const Fault& fault) {
        const Instant begun = run_.plan_.start + fault.at;
        return fault.kind == FaultKind::store_full && begun <= from && begun + fault.length >= to;
    });
}

void Judge::published_once(std::size_t account) {
    std::unordered_map<std::string, int> times;
    for (const SimServer::Status& status : run_.servers_[account]->statuses())
        if (++times[name_of(status.text)] == 2)
            wrong(account, "DOUBLED: " + name_of(status.text));
    for (const SimServer::Status& status : run_.servers_[account]->statuses())
        if (rows_[account].count(name_of(status.text)) == 0 && !run_.forgets(status.created))
            wrong(account, "nobody asked for " + name_of(status.text));
    // Only the first time: what was sent on a clock that was ahead is asked for again on the right one.
    std::unordered_set<std::string> sent_before;
    for (const SimServer::Sent& sent : run_.servers_[account]->sent()) {
        const auto row = rows_[account].find(name_of(sent.text));
        const bool first = sent_before.insert(name_of(sent.text)).second;
        if (first && row != rows_[account].end() && sent.wall < row->second->due && !run_.forgotten_)
            wrong(account, "EARLY: " + name_of(sent.text) + " was sent at " + to_rfc3339(sent.wall));
    }
}

/// What a row says of itself must be what the server has.
void Judge::rows_are_true(std::size_t account) {
    std::unordered_map<std::string, const SimServer::Status*> by_id;
    std::set<std::string> there;
    for (const SimServer::Status& status : run_.servers_[account]->statuses()) {
        by_id.emplace(status.id, &status);
        if (!status.deleted)
            there.insert(name_of(status.text));
    }
    const Instant end = run_.plan_.start + run_.plan_.length;
    // What leaves at the end of a quiet night stands in line.
    const Duration patience = run_.plan_.agenda.has.any() ? Duration{1min} : Duration{2s};
    for (const auto& [name, post] : rows_[account]) {
        ++outcome_.posts;
        ++outcome_.posts_of[run_.plan_.manner[account]];
        const bool is_there = there.count(name) > 0;
        if (post->state == PostState::published) {
            ++outcome_.published;
            const auto status = by_id.find(post->status_id);
            if (!is_there && status != by_id.end() && status->second->deleted && run_.forgotten_)
                continue; // that it was deleted is forgotten
            if (!is_there)
                wrong(account, "LOST: " + words(*post) + ", and the server does not have it");
            else if (status != by_id.end() && name_of(status->second->text) != name)
                wrong(account,
                      "MIXED UP: " + words(*post) + " under the status of " + name_of(status->second->text));
            else if (status != by_id.end() && status->second->text != post->content.status &&
                     !run_.forgotten_)
                wrong(account, "OTHER WORDS: " + words(*post) + " as \"" + status->second->text + "\"");
            else if (status != by_id.end() && run_.plan_.faults.empty() && !waits_for_the_world(name) &&
                     status->second->created - post->due > (post->part > 0 ? Duration{1min} : patience))
                wrong(account, "LATE: " + words(*post) + ", for no reason");
            else if (status != by_id.end() && status->second->media.size() != post->content.media.size())
                wrong(account, "WITHOUT ITS PICTURE: " + words(*post));
            continue;
        }
        // Ten new items are many for a source of which nothing is known yet; they may be a day's.
        if (post->code == ReasonCode::fuse && !was_away_for_long(post->created))
            wrong(account, "A FUSE TRIPPED for nothing: " + words(*post));
        if (post->code == ReasonCode::origin_removed)
            wrong(account, "HELD although its origin is back: " + words(*post));
        if (post->state == PostState::held)
            ++outcome_.held[{run_.plan_.manner[account], post->code}];
        const bool unknowable = post->attempts == 0 && run_.forgets(post->due);
        const bool said = post->code == ReasonCode::restored; // "taken as posted": it is
        if (is_there && !post->in_doubt && !unknowable && !said)
            wrong(account, "UNTRUE: " + words(*post) + ", and the server has it");
        if (is_open(post->state) && post->due < end)
            wrong(account, "STUCK: " + words(*post) + ", next " + to_rfc3339(post->next));
        if (!is_open(post->state) && post->reason.empty())
            wrong(account, "SILENT: " + words(*post) + " without a reason");
    }
}

/// What a person wanted gone is gone, what was to be pinned is pinned.
void Judge::wishes_are_done(std::size_t account) {
    if (run_.forgotten_)
        return; // with what was wanted
    for (const auto& [name, post] : rows_[account]) {
        if (post->state != PostState::published)
            continue;
        const std::optional<Amendment> asked = run_.store_.tables().amendment(post->id);
        if (asked && asked->person && asked->kind == Amendment::Kind::remove && asked->next)
            wrong(account, "NOT UNDONE: " + words(*post) + ", next " + to_rfc3339(*asked->next));
        const SimServer::Status* status = status_of(account, *post);
        if (status == nullptr || post->code == ReasonCode::not_as_asked)
            continue;
        if (post->pin_next || status->pinned != post->content.pin)
            wrong(account, "NOT PINNED: " + words(*post));
    }
}

const SimServer::Status* Judge::status_of(std::size_t account, const Post& post) const {
    for (const SimServer::Status& status : run_.servers_[account]->statuses())
        if (!post.status_id.empty() && status.id == post.status_id)
            return &status;
    return nullptr;
}

const Post* Judge::part_of(std::size_t account, const std::string& name, int part) const {
    const auto row = rows_[account].find(part == 0 ? name : name + "/" + std::to_string(part + 1));
    return row == rows_[account].end() ? nullptr : row->second;
}

/// Each part once and in order, each a reply to the one before, all of one text.
void Judge::threads_are_whole(std::size_t account) {
    if (run_.forgotten_)
        return;
    for (const auto& [name, head] : rows_[account]) {
        if (head->part > 0)
            continue;
        const Post* before = head;
        for (int i = 1; i < head->parts; ++i) {
            const Post* part = part_of(account, name, i);
            if (part == nullptr || part->part != i || part->parts != head->parts) {
                wrong(account, "BROKEN: " + words(*head) + ", and has no part " + std::to_string(i + 1));
                break;
            }
            part_is_in_its_place(account, *head, *part, *before);
            before = part;
        }
    }
}

void Judge::part_is_in_its_place(std::size_t account, const Post& head, const Post& part,
                                 const Post& before) {
    if (!head.edited && !part.edited && said_in(part.content.status) != said_in(head.content.status))
        wrong(account, "OF TWO TEXTS: " + words(head) + ", and " + words(part));
    const SimServer::Status* status = status_of(account, part);
    if (status == nullptr)
        return;
    const SimServer::Status* parent = status_of(account, before);
    if (parent == nullptr || status->in_reply_to != parent->id)
        wrong(account, "NO REPLY: " + words(part) + " answers to \"" + status->in_reply_to + "\", not to " +
                           words(before));
    else if (status->created < parent->created)
        wrong(account, "OUT OF ORDER: " + words(part) + " is older than " + words(before));
}

void Judge::entry_was_accepted(const EntryFact& entry, std::size_t account) {
    const Instant end = run_.plan_.start + run_.plan_.length;
    const Duration first = run_.born_->time_since_epoch();
    for (Instant when{first - first % entry.period + entry.period}; when < end; when += entry.period) {
        if (rows_[account].count(entry.name + "@" + to_rfc3339(when)) > 0)
            continue;
        if (!entry.catches_up && was_down(when - 1h, when + 10s))
            continue; // told of by the row of the last one that was missed
        if (!entry.catches_up && was_full(when, when + 1h))
            continue; // nor could it be recorded in its time
        if (!was_planned(entry, when) || run_.forgets(when))
            continue;
        wrong(account, "LOST: " + entry.name + " of " + to_rfc3339(when) + " was never accepted");
    }
}

void Judge::feed_was_accepted(std::size_t index, std::size_t account) {
    Instant since = Instant::max();
    for (const SourceAccount& done : run_.store_.tables().states().source_accounts)
        if (done.source == source_name(index, run_.changes_) && done.account == account_name(account))
            since = done.since;
    const Instant end = run_.plan_.start + run_.plan_.length;
    auto absences = run_.downs_;
    if (run_.forgotten_) { // and a backup that was taken while it was down makes the absence longer
        auto forgotten = *run_.forgotten_;
        for (const auto& down : run_.downs_)
            if (down.from <= forgotten.from && forgotten.from <= down.to)
                forgotten.from = down.from;
        absences.push_back(forgotten);
    }
    for (const SimFeed::Entry& entry : run_.feeds_[index]->entries()) {
        const bool accepted = rows_[account].count(entry.name) > 0;
        if (accepted && entry.published < since - 1s)
            wrong(account, "FLOODED: " + entry.name + " is older than the first look");
        // What comes and goes while it is down for long, it cannot see.
        const bool out_of_sight = std::any_of(absences.begin(), absences.end(), [&](const auto& down) {
            return down.to - down.from > 5h && entry.published >= down.from - 4h &&
                   entry.published <= down.to;
        });
        const bool taken_back =
            entry.gone && entry.changed - entry.published < 12h; // perhaps before any look
        if (!accepted && !out_of_sight && !taken_back && !run_.forgets(entry.published) &&
            entry.published > since && entry.published < end)
            wrong(account, "LOST: " + entry.name + " was never accepted");
    }
}

/// What is shown in the end, and was for hours: its post says the same, or is gone with it.
void Judge::feed_was_followed(std::size_t index, std::size_t account) {
    const Instant end = run_.plan_.start + run_.plan_.length;
    const bool disturbed =
        std::any_of(run_.plan_.faults.begin(), run_.plan_.faults.end(), [](const Fault& fault) {
            return fault.at + fault.length > run_length - 5h || fault.kind == FaultKind::burst;
        });
    if (!run_.plan_.follows || disturbed || run_.forgotten_)
        return;
    const std::vector<SimFeed::Entry>& entries = run_.feeds_[index]->entries();
    for (std::size_t i = entries.size() - std::min<std::size_t>(entries.size(), 10); i < entries.size();
         ++i) {
        const SimFeed::Entry& entry = entries[i];
        const auto row = rows_[account].find(entry.name);
        if (entry.changed == Instant{} || entry.changed > end - 4h || row == rows_[account].end() ||
            row->second->edited)
            continue;
        const Post& post = *row->second;
        for (int place = 0; entry.gone && place < post.parts; ++place)
            if (const Post* part = part_of(account, entry.name, place);
                part != nullptr && part->state == PostState::published)
                wrong(account, "NOT DELETED: " + words(*part) + ", and its item was taken back");
        // What is a thread, or would have to be one, stays as it was published.
        const bool single = post.parts == 1 && entry.title.find('\n') == std::string::npos;
        if (single && !entry.gone && post.state == PostState::published && post.content.status != entry.title)
            wrong(account, "NOT FOLLOWED: " + words(post) + " as \"" + post.content.status + "\", not as \"" +
                               entry.title + '"');
    }
}

void Judge::everything_was_accepted() {
    // While the clock is wrong, what is due is a question of taste.
    if (run_.clock_was_set_)
        return;
    for (const EntryFact& entry : entry_facts())
        for (const std::size_t account : entry.accounts)
            entry_was_accepted(entry, account);
    if (has(run_.changes_, Change::account_added))
        feed_was_accepted(0, 1);
    for (std::size_t i = 0; i < feed_facts().size(); ++i)
        for (const std::size_t account : feed_facts()[i].accounts) {
            feed_was_accepted(i, account);
            feed_was_followed(i, account);
        }
}

void Judge::limits_were_kept(std::size_t account) {
    if (run_.forgotten_)
        return; // what was used up is forgotten, too
    const SimServer& server = *run_.servers_[account];
    if (server.over_limit() > 0)
        wrong(account, "OVER A LIMIT: " + std::to_string(server.over_limit()) + " requests too many");
    // A 429 that came as the process died, or while the disk was full, cannot have been remembered.
    const bool disk = std::any_of(run_.plan_.faults.begin(), run_.plan_.faults.end(), [](const Fault& fault) {
        return fault.kind == FaultKind::store_full || fault.kind == FaultKind::store_slow;
    });
    for (const Instant told : server.disobeyed())
        if (!disk && !was_down(told, told + 2s))
            wrong(account, "DISOBEYED: a request before the end of the 429 of " + to_rfc3339(told));
}

Outcome Judge::judge() {
    rows_.resize(account_count);
    for (std::size_t account = 0; account < account_count; ++account)
        for (const Post& post : run_.store_.tables().posts())
            if (post.account == account_name(account) &&
                !rows_[account].emplace(name_of(post.content.status), &post).second)
                wrong(account, "TWO ROWS for " + name_of(post.content.status));
    for (std::size_t account = 0; account < account_count; ++account) {
        published_once(account);
        rows_are_true(account);
        wishes_are_done(account);
        limits_were_kept(account);
        threads_are_whole(account);
    }
    everything_was_accepted();
    if (run_.plan_.agenda.has.any())
        for (std::string& what : AgendaJudge{run_}.judge())
            outcome_.wrong.push_back(std::move(what));
    outcome_.wrong.insert(outcome_.wrong.begin(), run_.wrong_.begin(), run_.wrong_.end());
    return std::move(outcome_);
}

} // namespace crier::sim
