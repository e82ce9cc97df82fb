#include "admin/metrics.hpp"
#include "engine/status.hpp"

#include <algorithm>

/// What the metrics say of posts and accounts.
namespace crier::admin {
namespace {

constexpr PostState unsettled_states[] = {PostState::waiting, PostState::ready,    PostState::uploading,
                                          PostState::sending, PostState::retrying, PostState::doubt,
                                          PostState::held,    PostState::failed};
constexpr PostState ends[] = {PostState::published, PostState::failed,    PostState::held,
                              PostState::expired,   PostState::cancelled, PostState::deleted};
/// What a request to publish is answered with.
constexpr Verdict publish_verdicts[] = {Verdict::published,    Verdict::refused,   Verdict::limited,
                                        Verdict::unauthorized, Verdict::forbidden, Verdict::not_found,
                                        Verdict::media_gone,   Verdict::not_ready, Verdict::busy,
                                        Verdict::not_sent,     Verdict::unknown};

const engine::AccountTally& tally_of(const engine::Engine& engine, std::string_view account) {
    static const engine::AccountTally none;
    const auto& accounts = engine.tally().accounts;
    const auto known = accounts.find(account);
    return known == accounts.end() ? none : known->second;
}

/// In one word, what keeps it from posting; "ok": nothing.
std::string_view state_of(const engine::LaneView& view) {
    if (view.state.paused)
        return "paused";
    if (view.state.state == "held")
        return "held";
    if (view.waits == "backing off")
        return "backing_off";
    if (view.waits == "no token")
        return "no_token";
    if (view.own_limit)
        return "own_limits";
    return view.waits.empty() ? "ok" : std::string_view{view.waits};
}

/// What a held post waits for, in the fewest words that an alert must tell apart.
std::string_view held_word(ReasonCode code) {
    switch (code) {
    case ReasonCode::approval:
    case ReasonCode::thread:
    case ReasonCode::fuse:
    case ReasonCode::content:
    case ReasonCode::origin_removed:
        return to_text(code);
    case ReasonCode::person:
    case ReasonCode::undone:
        return "person";
    default:
        return "other";
    }
}

/// For how long the oldest that could go out has been kept back by what nobody wished.
Duration overdue(const engine::LaneView& lane, const Leaving& leaving, Instant now) {
    if (!leaving.overdue || lane.state.paused || lane.state.state == "held" || lane.own_limit)
        return Duration::zero();
    return std::max(Duration::zero(), now - std::max(*leaving.overdue, lane.free_since));
}

/// Limits that a server has told under no name of its own share one here: the tightest speaks.
std::vector<rates::BucketView> one_of_each(std::vector<rates::BucketView> views) {
    std::stable_sort(views.begin(), views.end(), [](const auto& a, const auto& b) {
        return a.bucket != b.bucket ? a.bucket < b.bucket : a.remaining < b.remaining;
    });
    views.erase(std::unique(views.begin(), views.end(),
                            [](const auto& a, const auto& b) { return a.bucket == b.bucket; }),
                views.end());
    return views;
}

} // namespace

void Metrics::tell_posts(Exposition& out) const {
    const auto& accounts = engine_.settings().accounts;
    if (posts_) {
        out.gauge(
            "crier_outbox_posts",
            "Posts in the outbox that have come to no good end, by state: `waiting` for their time, "
            "`ready` or `retrying` in the queue, `uploading` or `sending` now, in `doubt` whether they are "
            "out, `held` until a person acts, `failed`. What was published is in crier_posts_total. See "
            "them with `crier outbox list --account A --state S`.",
            [&](Family& family) {
                for (const auto& [name, account] : accounts) {
                    const auto counts = posts_->find(name);
                    for (const PostState state : unsettled_states) {
                        std::int64_t count = 0;
                        if (counts != posts_->end())
                            if (const auto some = counts->second.find(state); some != counts->second.end())
                                count = some->second;
                        family.add({{"account", name}, {"state", to_text(state)}},
                                   static_cast<double>(count));
                    }
                }
            });
        std::int64_t orphaned = 0;
        for (const auto& [name, counts] : *posts_)
            if (accounts.count(name) == 0)
                for (const auto& [state, count] : counts)
                    orphaned += state == PostState::failed ? 0 : count;
        out.gauge(
            "crier_outbox_orphaned_posts",
            "Posts that wait for accounts which are no longer in the configuration: nobody sends them. Put "
            "the account back, or `crier outbox cancel --account NAME`.",
            [&](Family& family) { family.add({}, static_cast<double>(orphaned)); });
    }
    out.counter(
        "crier_posts_accepted_total",
        "Posts that came into the outbox since the start, by what made them: an `entry` of the schedule, "
        "a `source`, or by hand (`manual`). Each part of a thread is one.",
        [&](Family& family) {
            for (const auto& [name, account] : accounts)
                for (const OriginKind kind : {OriginKind::entry, OriginKind::source, OriginKind::manual})
                    family.add({{"account", name}, {"origin", to_text(kind)}},
                               tally_of(engine_, name).accepted[kind]);
        });
    out.counter(
        "crier_posts_total",
        "Posts that came to an end since the start, or to a stop that a person must end: `published`, "
        "`failed` (given up), `held`, `expired` (too late), `cancelled`, `deleted` again. What a person "
        "holds or cancels is not counted. `crier why POST` says why.",
        [&](Family& family) {
            for (const auto& [name, account] : accounts)
                for (const PostState end : ends)
                    family.add({{"account", name}, {"outcome", to_text(end)}},
                               tally_of(engine_, name).ended[end]);
        });
}

void Metrics::tell_held(Exposition& out) const {
    if (!posts_)
        return;
    out.gauge(
        "crier_outbox_held_posts",
        "Posts that are held, by what they wait for: a person's `approval`; a `person` who has held them; "
        "the "
        "part before them (`thread`); a tripped `fuse`; something that their `content` lacks; their entry or "
        "source, which is no longer in the configuration (`origin_removed`); or an `other` thing that `crier "
        "outbox list --state held` says.",
        [&](Family& family) {
            for (const auto& [name, account] : engine_.settings().accounts) {
                std::map<std::string_view, std::int64_t> counts;
                for (const std::string_view word :
                     {"approval", "person", "thread", "fuse", "content", "origin_removed", "other"})
                    counts[word] = 0;
                if (const auto held = held_.find(name); held != held_.end())
                    for (const auto& [code, count] : held->second)
                        counts[held_word(code)] += count;
                for (const auto& [word, count] : counts)
                    family.add({{"account", name}, {"reason", word}}, static_cast<double>(count));
            }
        });
}

void Metrics::tell_queues(Exposition& out) const {
    out.gauge(
        "crier_outbox_oldest_due_seconds",
        "For how long the oldest post that could go out has been due and has not: it waits for the server, a "
        "limit of the server's, the disk or the clock. 0: there is none, or what they wait for is a person's "
        "wish: a pause, the account's own limits and quiet hours; or the account is held. What was due "
        "before "
        "such a thing ended counts from there.",
        [&](Family& family) {
            for (const engine::LaneView& lane : engine_.lanes())
                if (const auto known = leaving_.find(lane.state.account); known != leaving_.end())
                    family.add({{"account", lane.state.account}},
                               seconds_of(overdue(lane, known->second, engine_.now())));
        });
}

void Metrics::tell_delivery(Exposition& out) const {
    const auto& accounts = engine_.settings().accounts;
    out.counter(
        "crier_delivery_attempts_total",
        "Requests to publish since the start, by outcome: `published`; `refused`, `forbidden`, "
        "`unauthorized`, `limited` or `busy` by the server's answer; `not_sent` when the network had not "
        "even taken it whole; `unknown` when no answer says whether it was published (the post is then in "
        "doubt and looked for). `crier outbox show POST` lists a post's own.",
        [&](Family& family) {
            for (const auto& [name, account] : accounts)
                for (const Verdict verdict : publish_verdicts)
                    family.add({{"account", name}, {"outcome", to_text(verdict)}},
                               tally_of(engine_, name).attempts[verdict]);
        });
    out.counter(
        "crier_media_uploads_total",
        "Uploads of pictures, films and sounds since the start: `taken` by the server, or `failed` for "
        "now or for good.",
        [&](Family& family) {
            for (const auto& [name, account] : accounts) {
                const auto& uploads = tally_of(engine_, name).uploads;
                family.add({{"account", name}, {"outcome", "taken"}}, uploads[engine::UploadEnd::taken]);
                family.add({{"account", name}, {"outcome", "failed"}}, uploads[engine::UploadEnd::failed]);
            }
        });
}

void Metrics::tell_latencies(Exposition& out) const {
    const auto& accounts = engine_.settings().accounts;
    out.histogram(
        "crier_delivery_latency_seconds",
        "How long requests to publish took, from their first byte to the outcome. The server's time, "
        "mostly.",
        [&](Family& family) {
            for (const auto& [name, account] : accounts)
                family.add({{"account", name}}, tally_of(engine_, name).delivery);
        });
    out.histogram(
        "crier_post_lateness_seconds",
        "How long after they were due posts of the schedule had their first request. Limits, a server "
        "that does not answer and an absence of the daemon all count. What a pause, a hold or a person kept "
        "back is left out.",
        [&](Family& family) {
            for (const auto& [name, account] : accounts)
                family.add({{"account", name}}, tally_of(engine_, name).lateness);
        });
}

void Metrics::tell_accounts(Exposition& out) const {
    const std::vector<engine::LaneView> lanes = engine_.lanes();
    const std::map<std::string, Instant> first = engine::next_to_leave(engine_, leaving_);
    out.gauge("crier_account_info",
              "Always 1; the labels say on which server the account is, and its mode: live, hold or dry.",
              [&](Family& family) {
                  for (const auto& [name, account] : engine_.settings().accounts)
                      family.add(
                          {{"account", name}, {"server", account.server}, {"mode", to_text(account.mode)}},
                          1.0);
              });
    out.gauge(
        "crier_account_state",
        "1 for the state that the account is in: `ok`; `paused` by a person; `held` until somebody mends "
        "what crier_account_held says; `limited` by the server, or `backing_off` from it, for a time; "
        "by its `own_limits` or quiet hours; `no_token` can be read, and the next post will hold it; "
        "`clock` or `store`: nothing is sent before that is right. `crier why account:A` says more.",
        [&](Family& family) {
            for (const engine::LaneView& lane : lanes)
                family.add_state({{"account", lane.state.account}}, "state",
                                 {"ok", "paused", "held", "limited", "own_limits", "backing_off", "no_token",
                                  "clock", "store"},
                                 state_of(lane));
        });
    out.gauge(
        "crier_account_held",
        "1 for what holds the account: its `token` (missing, dead, or one that no bot may have), the server "
        "(`forbidden`), that its posts went to the `wrong_account`, or that the store was put back and does "
        "not know what was posted since (`restored`). `crier status` says what to do.",
        [&](Family& family) {
            for (const engine::LaneView& lane : lanes)
                family.add_state({{"account", lane.state.account}}, "reason",
                                 {"token", "forbidden", "wrong_account", "restored"}, to_text(lane.held_by));
        });
    out.gauge(
        "crier_account_token_usable",
        "1: there is a token, and as far as is known the server takes it for all that is configured. 0: "
        "`crier token check` says what it lacks.",
        [&](Family& family) {
            for (const engine::LaneView& lane : lanes)
                family.add({{"account", lane.state.account}}, lane.token == "ok");
        });
    out.gauge("crier_account_last_published_timestamp_seconds",
              "When the account last published something, also before the start.", [&](Family& family) {
                  for (const engine::LaneView& lane : lanes)
                      family.add({{"account", lane.state.account}}, std::optional{lane.state.last_published});
              });
    out.gauge("crier_account_next_due_timestamp_seconds",
              "When the account's next post may leave, of the outbox or the schedule. Without one there is "
              "nothing to come.",
              [&](Family& family) {
                  for (const engine::LaneView& lane : lanes) {
                      const auto next = first.find(lane.state.account);
                      family.add({{"account", lane.state.account}},
                                 next == first.end() ? std::nullopt : std::optional{next->second});
                  }
              });
}

void Metrics::tell_budgets(Exposition& out) const {
    std::vector<std::pair<std::string, rates::BucketView>> budgets;
    for (const engine::LaneView& lane : engine_.lanes())
        for (rates::BucketView& view : one_of_each(lane.budgets))
            budgets.emplace_back(lane.state.account, std::move(view));
    out.gauge(
        "crier_budget_limit",
        "How many calls, posts or uploads a limit allows in its window, by bucket: those of the server's "
        "kind, `learnt` from its replies, and `per_hour` and `per_day` of the account's own `limits`.",
        [&](Family& family) {
            for (const auto& [account, view] : budgets)
                family.add({{"account", account}, {"bucket", view.bucket}}, static_cast<double>(view.limit));
        });
    out.gauge("crier_budget_remaining",
              "What is left of it now. At 0 posts wait, and are sent when it allows: none is lost.",
              [&](Family& family) {
                  for (const auto& [account, view] : budgets)
                      family.add({{"account", account}, {"bucket", view.bucket}},
                                 static_cast<double>(view.remaining));
              });
    out.gauge("crier_budget_reset_timestamp_seconds",
              "When there is more of it again. Without one nothing of it is used.", [&](Family& family) {
                  for (const auto& [account, view] : budgets)
                      family.add({{"account", account}, {"bucket", view.bucket}}, view.reset);
              });
}

} // namespace crier::admin
