#include "simulation/run.hpp"

#include "mastodon/publisher.hpp"
#include "simulation/judge.hpp"
#include "simulation/world.hpp"

#include <algorithm>
#include <utility>

namespace crier::sim {

namespace asio = boost::asio;

using namespace std::chrono_literals;

namespace {

/// After the last fault and the last occurrence that counts: time to come to an end.
constexpr Duration aftermath = 6h;

/// More than a hundred times what a run takes: an engine that spins.
constexpr std::uint64_t most_steps = 3000000;

class TokenFile final : public TokenSource {
public:
    explicit TokenFile(const std::string& text)
        : text_(text) {}
    Result<Secret> read() override { return Secret{text_}; }

private:
    const std::string& text_;
};

/// No address is fetched in this world: pictures are files.
class NoAddresses final : public MediaFetcher {
public:
    asio::awaitable<FetchedMedia> fetch(std::string, std::string, bool, std::uint64_t) override {
        FetchedMedia none;
        none.reply = Reply{Verdict::refused, 404, "there is no such address"};
        co_return none;
    }
    asio::awaitable<Result<std::string>> keep(std::string file, std::string) override { co_return file; }
    asio::awaitable<Result<std::string>> keep_bytes(std::string, std::string name, std::string) override {
        co_return name;
    }
    asio::awaitable<Result<std::string>> read(std::string file, std::uint64_t) override {
        co_return Failure{Cause::not_found, file + ": there are no files in this world"};
    }
    asio::awaitable<Result<std::string>> head(std::string) override {
        co_return std::string{"\x89PNG\r\n\x1a\n", 8};
    }
    void forget(const std::string&) override {}
    asio::awaitable<std::vector<Kept>> all_kept() override { co_return std::vector<Kept>{}; }
};

asio::awaitable<void> believe(engine::Engine& engine, Instant posted_until, bool& believed) {
    const auto done = co_await engine.resume_since(engine::Target{}, posted_until);
    believed = done.has_value();
}

asio::awaitable<void> act_on(engine::Engine& engine, PostId id, engine::OutboxAction action) {
    (void)co_await engine.act(id, action, false);
}

asio::awaitable<void> remove_post(engine::Engine& engine, PostId id) {
    (void)co_await engine.remove(id);
}

asio::awaitable<void> pin_post(engine::Engine& engine, PostId id) {
    (void)co_await engine.act_on_published(id, engine::PublishedAction::pin);
}

/// By the hub that the source's looks have shown.
asio::awaitable<void> push_to(engine::Engine& engine, std::string source, Heard heard) {
    const Subscription* hub = engine.subscription_of(source);
    if (hub == nullptr)
        co_return; // it was not looked at yet
    std::string id = hub->id;
    (void)co_await engine.hear_hub(std::move(id), std::move(heard));
}

asio::awaitable<void> edit_post(engine::Engine& engine, PostId id, engine::PostEdit edit) {
    (void)co_await engine.edit(id, std::move(edit));
}

asio::awaitable<void> set_pause(engine::Engine& engine, engine::Target::Kind kind, std::string name,
                                bool on) {
    engine::Target target;
    target.kind = kind;
    target.name = std::move(name);
    if (on)
        (void)co_await engine.pause(std::move(target), std::nullopt, "a person");
    else
        (void)co_await engine.resume(std::move(target));
}

} // namespace

Simulation::Simulation(Plan plan, const Settings& settings, RunOptions options)
    : plan_(std::move(plan))
    , settings_(settings)
    , options_(options)
    , dice_(plan_.seed ^ 0xA5A5A5A5ULL)
    , time_(plan_.start, dice_.next())
    , trace_(time_, options.trace)
    , store_(time_, trace_)
    , tokens_(account_count, "token-0")
    , media_(std::make_unique<NoAddresses>())
    , errands_(time_, trace_, plan_.seed ^ 0x5A5A5A5AULL) {
    for (std::size_t i = 0; i < account_count; ++i)
        servers_.push_back(std::make_unique<SimServer>(time_, trace_, plan_.manner[i], dice_.next(),
                                                       "s" + std::to_string(i)));
    for (const auto& server : servers_)
        wires_.push_back(std::make_unique<Wire>(*server, time_));
    for (const FeedFact& fact : feed_facts())
        feeds_.push_back(
            std::make_unique<SimFeed>(time_, fact.name, dice_.next(), fact.a_day, plan_.long_items));
    for (const Fault& fault : plan_.faults)
        time_.at(plan_.start + fault.at, [this, fault] { meet(fault); });
}

bool Simulation::forgets(Instant when) const {
    return forgotten_ && forgotten_->from - 2h <= when && when <= forgotten_->to + 1h;
}

/// What the person has written by now.
engine::Configuration Simulation::configuration() const {
    Settings changed = with_changes(settings_, changes_);
    set_pace(changed, plan_.pace);
    if (plan_.follows)
        set_follows(changed);
    if (plan_.long_items)
        set_threads(changed);
    add_agenda(changed, plan_.agenda, plan_.start, changes_);
    if (plan_.one_server)
        for (auto& [name, settings] : changed.accounts)
            settings.server = "https://both.example";
    return std::make_shared<const Settings>(std::move(changed));
}

/// The daemon goes by it from now on.
void Simulation::go_by_changes() {
    regimes_.push_back({time_.world(), changes_});
    if (!has(changes_, Change::entry_removed) && !removals_.empty())
        removals_.back().to = std::min(removals_.back().to, time_.world());
}

void Simulation::start() {
    ++lives_;
    trace_.say("plan", "the daemon starts");
    mutant_store_ = mutate(options_.mutant, store_, time_);
    Store& store = mutant_store_ ? *mutant_store_ : store_;
    const auto account = [this](const AccountSettings& settings) {
        const std::size_t index = settings.name == account_name(0) ? 0 : 1;
        engine::AccountPorts ports;
        ports.token = std::make_unique<TokenFile>(tokens_[index]);
        ports.publisher =
            mutate(options_.mutant,
                   plan_.wire ? mastodon::make_publisher(settings, *wires_[index], *ports.token, time_)
                              : servers_[index]->publisher(*ports.token),
                   mutant_memory_);
        return ports;
    };
    const auto source = [this](const SourceSettings& settings,
                               const std::string&) -> Result<std::unique_ptr<Source>> {
        if (settings.on_demand || !settings.command.empty())
            return errands_.source(settings);
        return feeds_[settings.name.starts_with(feed_facts()[0].name) ? 0 : 1]->source();
    };
    world_.reset(new engine::World{store, time_, dice_, trace_, *media_, account, source});
    mutant_errands_ = mutate(options_.mutant, errands_, store);
    world_->commands = mutant_errands_ ? mutant_errands_.get() : &errands_;
    reloading_ = reload_again_ = false;
    go_by_changes();
    life_ = std::make_unique<Life>(configuration(), *world_, time_);
    if (!born_)
        born_ = time_.now();
}

void Simulation::end_life(Duration down) {
    // The aftermath is for coming to an end.
    const Instant back_at_last = plan_.start + plan_.length + 30min;
    down = std::clamp<Duration>(down, 1ms, std::max<Duration>(back_at_last - time_.world(), 1ms));
    life_->kill();
    life_.reset();
    store_.dead();
    stopping_.reset();
    if (lives_ % 4 == 0) {
        trace_.say("plan", "the machine begins anew");
        time_.reboot();
    }
    trace_.say("plan", "the daemon is down for " + crier::to_text(down));
    // A life that was over at once was none.
    if (!downs_.empty() && time_.world() - downs_.back().to < 1min)
        downs_.back().to = time_.world() + down;
    else
        downs_.push_back({time_.world(), time_.world() + down});
    time_.at(time_.world() + down, [this] {
        if (!life_)
            start();
    });
}

void Simulation::stop(Duration down) {
    if (!life_ || stopping_)
        return;
    stopping_ = down;
    life_->stop();
}

/// One of two takes it up without a restart.
void Simulation::change(Change what, bool made) {
    changes_[static_cast<std::size_t>(what)] = made;
    if (plan_.seed % 2 == 0)
        stop(3s);
    else if (life_ && !stopping_)
        reload();
}

void Simulation::reload() {
    if (std::exchange(reloading_, true)) {
        reload_again_ = true;
        return;
    }
    trace_.say("plan", "the daemon is told to reload");
    life_->reload(configuration(), [this] {
        trace_.say("plan", "the daemon goes by the changed configuration");
        go_by_changes();
        reloading_ = false;
        if (std::exchange(reload_again_, false))
            time_.at(time_.world() + 1s, [this] {
                if (life_ && !stopping_)
                    reload();
            });
    });
}

void Simulation::reconfigure(const Fault& fault) {
    const auto what = static_cast<Change>(fault.nth);
    if (has(changes_, what))
        return;
    if (what == Change::rule_thinned)
        thinned_ = time_.world();
    if (what == Change::entry_removed) {
        removals_.push_back({time_.world(), Instant::max()});
        time_.at(time_.world() + fault.length, [this] {
            trace_.say("plan", "the entry is put back");
            change(Change::entry_removed, false);
        });
    }
    if (what == Change::agenda_exception)
        time_.at(time_.world() + fault.length, [this] {
            trace_.say("plan", "the exception is taken out");
            change(Change::agenda_exception, false);
        });
    change(what, true);
}

void Simulation::put_back() {
    trace_.say("plan", "the backup of " + to_rfc3339(backup_->taken) + " is put back");
    const Instant died = std::max(time_.world(), time_.now()); // as the page has it, or as the clock had it
    if (life_)
        end_life(1min);
    store_.put_back(std::move(backup_->tables));
    forgotten_ = Down{backup_->taken, time_.world()};
    backup_.reset();
    // The person looks at the page, and says so until it is heard.
    const auto resume = [this, died](auto&& self) -> void {
        if (believed_)
            return;
        if (life_ && time_.set_by() == Duration::zero())
            life_->ask(believe(life_->engine(), died, believed_));
        time_.at(time_.world() + 1min, [self] { self(self); });
    };
    time_.at(time_.world() + 30min, [resume] { resume(resume); });
}

/// One of the last few, published or not: it is to go, or to stand at the head of the page.
void Simulation::act_on_newest(std::size_t account, bool remove) {
    std::vector<const Post*> newest;
    const std::vector<Post>& posts = store_.tables().posts();
    for (auto post = posts.rbegin(); post != posts.rend() && newest.size() < 6; ++post)
        if (post->account == account_name(account) &&
            (post->state == PostState::published || !is_final(post->state)))
            newest.push_back(&*post);
    if (newest.empty())
        return;
    const PostId id = (*dice_.of(newest)).id;
    trace_.say("plan", remove ? "a person wants post " : "a person pins post ", std::to_string(id),
               remove ? " gone" : "");
    if (remove)
        life_->ask(remove_post(life_->engine(), id));
    else
        life_->ask(pin_post(life_->engine(), id));
}

void Simulation::act(std::size_t account, std::size_t what) {
    if (!life_)
        return;
    if (what > std::size_t{4})
        return act_on_newest(account, what == 5);
    std::vector<const Post*> open;
    for (const Post& post : store_.tables().posts())
        if (post.account == account_name(account) && !is_final(post.state))
            open.push_back(&post);
    if (open.empty())
        return;
    const Post& post = *dice_.of(open);
    trace_.say("plan", "a person acts on post " + std::to_string(post.id));
    constexpr engine::OutboxAction actions[] = {engine::OutboxAction::cancel, engine::OutboxAction::hold,
                                                engine::OutboxAction::retry};
    if (what < std::size(actions)) {
        life_->ask(act_on(life_->engine(), post.id, actions[what]));
        return;
    }
    engine::PostEdit edit;
    if (what == std::size(actions))
        edit.status = post.content.status + " now";
    else
        edit.due = time_.now() + dice_.between(1min, 6h);
    life_->ask(edit_post(life_->engine(), post.id, std::move(edit)));
}

void Simulation::pause(std::size_t account, Duration length) {
    if (!life_)
        return;
    life_->ask(set_pause(life_->engine(), engine::Target::Kind::account, account_name(account), true));
    // The person tries until it goes.
    const auto resume = [this, account](auto&& self) -> void {
        if (life_)
            life_->ask(
                set_pause(life_->engine(), engine::Target::Kind::account, account_name(account), false));
        const bool paused =
            std::any_of(store_.tables().states().accounts.begin(), store_.tables().states().accounts.end(),
                        [&](const AccountState& state) {
                            return state.account == account_name(account) && state.paused;
                        });
        if (paused || !life_)
            time_.at(time_.world() + 1min, [self] { self(self); });
    };
    time_.at(time_.world() + length, [resume] { resume(resume); });
}

void Simulation::pause_entry(Kind kind, Duration length) {
    if (!life_)
        return;
    const auto set = [this, kind](bool on) {
        life_->ask(set_pause(life_->engine(), engine::Target::Kind::entry,
                             entry_name(kind, regimes_.back().made), on));
    };
    const std::size_t place = entry_pauses_.size();
    entry_pauses_.push_back({time_.world(), Instant::max()});
    set(true);
    // As with an account. What a backup brings back is paused again, until the person says what was posted.
    const auto resume = [this, set, kind, place](auto&& self) -> void {
        if (life_)
            set(false);
        const auto& entries = store_.tables().states().entries;
        const bool paused = std::any_of(entries.begin(), entries.end(), [&](const EntryState& state) {
            return state.paused && state.entry == entry_name(kind, regimes_.back().made);
        });
        if (paused || !life_)
            time_.at(time_.world() + 1min, [self] { self(self); });
        else
            entry_pauses_[place].to = time_.world();
    };
    time_.at(time_.world() + length, [resume] { resume(resume); });
}

void Simulation::meet(const Fault& fault) {
    trace_.say("plan", to_text(fault));
    const Instant until = time_.world() + fault.length;
    switch (fault.kind) {
    case FaultKind::kill:
        kills_.push_back(fault);
        break;
    case FaultKind::crash_loop: {
        Fault death = fault;
        death.where = Label::commit_attempt;
        death.nth = 0;
        death.cut = Cut::after_reply;
        kills_.insert(kills_.end(), fault.nth, death);
        break;
    }
    case FaultKind::long_night: {
        Fault lost = fault;
        lost.kind = FaultKind::lost_before;
        lost.where = Label::commit_picture;
        servers_[1]->meet(lost);
        kills_.push_back(fault);
        break;
    }
    case FaultKind::burst:
        feeds_[0]->meet(fault);
        break;
    case FaultKind::stop:
        stop(fault.length);
        break;
    case FaultKind::reconfigure:
        reconfigure(fault);
        break;
    case FaultKind::put_back:
        backup_ = Backup{store_.tables(), time_.world()};
        time_.at(until, [this] { backup_->due = true; });
        break;
    case FaultKind::store_full:
        store_.full_until = std::max(store_.full_until, until);
        break;
    case FaultKind::store_slow:
        store_.slow_until = std::max(store_.slow_until, until);
        break;
    case FaultKind::clock:
        clock_was_set_ = true;
        time_.jump(fault.length);
        time_.at(time_.world() + std::chrono::hours{fault.nth} + 1min, [this, back = -fault.length] {
            trace_.say("plan", "the clock is put right");
            time_.jump(back);
        });
        break;
    case FaultKind::token_dead: {
        const std::string next = servers_[fault.account]->good_token + "'";
        servers_[fault.account]->good_token = next;
        time_.at(until, [this, account = fault.account] {
            trace_.say("plan", "a new token is put into the file");
            tokens_[account] = servers_[account]->good_token;
        });
        break;
    }
    case FaultKind::pause:
        pause(fault.account, fault.length);
        break;
    case FaultKind::entry_paused:
        pause_entry(static_cast<Kind>(fault.nth), fault.length);
        break;
    case FaultKind::person:
        act(fault.account, fault.nth);
        break;
    case FaultKind::feed_down:
    case FaultKind::feed_ids:
    case FaultKind::feed_order:
    case FaultKind::feed_edits:
    case FaultKind::feed_links:
    case FaultKind::feed_empty:
    case FaultKind::feed_takes_back:
        feeds_[fault.account % feeds_.size()]->meet(fault);
        break;
    case FaultKind::hub_pushes: {
        const std::size_t feed = fault.account % feeds_.size();
        if (life_)
            life_->ask(push_to(life_->engine(), source_name(feed, changes_), feeds_[feed]->push(fault.nth)));
        break;
    }
    default:
        servers_[fault.account]->meet(fault);
        break;
    }
}

void Simulation::go_on_until(Instant end) {
    asio::io_context nobody;
    // Asked at each completion: is this the one that the first death in line means?
    const std::function<Cut(Label)> strike = [this](Label label) {
        if (kills_.empty() || time_.world() > plan_.start + plan_.length)
            return Cut::none;
        Fault& kill = kills_.front();
        const bool meant = kill.where == Label::any || kill.where == label ||
                           (kill.where == Label::commit && label != Label::any) ||
                           (kill.where == Label::commit_attempt && label == Label::commit_picture);
        if (!meant)
            return Cut::none;
        return kill.nth-- == 0 ? kill.cut : Cut::none;
    };
    for (;;) {
        const Step step = time_.step(life_ ? life_->context() : nobody, end, strike);
        if (step == Step::nothing)
            return;
        if (backup_ && backup_->due)
            put_back();
        if (step == Step::death) {
            trace_.say("plan", "the daemon is killed");
            const Duration down = kills_.front().length;
            kills_.pop_front();
            end_life(down);
            continue;
        }
        if (life_ && life_->engine().failure()) {
            wrong_.push_back("a bug: " + *life_->engine().failure());
            return;
        }
        if (life_ && !life_->running()) {
            if (!stopping_)
                wrong_.push_back("the daemon ended by itself");
            end_life(stopping_.value_or(1s));
        }
        if (time_.steps() > most_steps) {
            wrong_.push_back("it spins: " + std::to_string(time_.steps()) + " steps");
            return;
        }
    }
}

Outcome Simulation::run() {
    start();
    go_on_until(plan_.start + plan_.length + aftermath);
    if (life_)
        life_->kill();
    Outcome outcome = Judge{*this}.judge();
    outcome.steps = time_.steps();
    outcome.lives = lives_;
    outcome.trace = trace_.lines();
    return outcome;
}

} // namespace crier::sim
