#include "admin/events.hpp"

#include "admin/watched_store.hpp"
#include "desk.hpp"

using namespace crier;
using namespace crier::test;
using admin::Change;

namespace {

/// One who listens, and what he has heard by now.
class Ear {
public:
    Ear(Desk& desk, std::shared_ptr<LocalStream> stream)
        : stream_(std::move(stream)) {
        boost::asio::co_spawn(desk.context, listen(), [this](std::exception_ptr) { over = true; });
    }
    ~Ear() { stream_->end(); }
    std::string take() { return std::exchange(heard, {}); }

    std::string heard;
    bool over = false;

private:
    boost::asio::awaitable<void> listen() {
        for (;;) {
            std::optional<std::string> piece = co_await stream_->next();
            if (!piece)
                co_return;
            heard += *piece;
        }
    }
    std::shared_ptr<LocalStream> stream_;
};

Change post_change(PostId id, const std::string& state) {
    Change change{Change::What::post, "news"};
    change.post = id;
    change.state = state;
    return change;
}

std::string post_event(PostId id, const std::string& state) {
    return "event: change\ndata: {\"what\":\"post\",\"id\":" + std::to_string(id) +
           R"(,"account":"news","state":")" + state + "\"}\n\n";
}

} // namespace

BOOST_AUTO_TEST_SUITE(admin_events)

BOOST_AUTO_TEST_CASE(who_listens_is_greeted_and_hears_what_changes) {
    Desk desk;
    admin::Events events{desk.time, "1.2"};
    BOOST_TEST(!events.wanted());
    events.tell(post_change(1, "ready")); // nobody is there
    Ear ear{desk, events.listen()};
    BOOST_TEST(events.wanted());
    desk.time.run_for(10ms);
    BOOST_TEST(ear.take() ==
               "event: hello\ndata: {\"version\":\"1.2\",\"now\":\"2026-11-24T12:00:00Z\"}\n\n");
    desk.time.run_for(5s);
    events.tell(post_change(1, "published"));
    desk.time.run_for(1ms);
    BOOST_TEST(ear.take() == post_event(1, "published"));
    events.tell(Change{Change::What::account, "news"});
    events.tell(Change{Change::What::source, "blog"});
    events.tell(Change{Change::What::entry, "greeting"});
    events.tell(Change{Change::What::alert});
    desk.time.run_for(2s);
    BOOST_TEST(ear.take() == "event: change\ndata: {\"what\":\"account\",\"name\":\"news\"}\n\n"
                             "event: change\ndata: {\"what\":\"source\",\"name\":\"blog\"}\n\n"
                             "event: change\ndata: {\"what\":\"entry\",\"name\":\"greeting\"}\n\n"
                             "event: change\ndata: {\"what\":\"alert\"}\n\n");
}

BOOST_AUTO_TEST_CASE(many_changes_are_told_once_a_second_with_the_latest_state_of_each) {
    Desk desk;
    admin::Events events{desk.time, "1"};
    Ear ear{desk, events.listen()};
    desk.time.run_for(2s);
    (void)ear.take();
    for (int i = 0; i < 100; ++i) {
        events.tell(post_change(1, i % 2 == 0 ? "sending" : "published"));
        events.tell(post_change(2, "sending"));
        desk.time.run_for(5ms);
    }
    // The first at once, and the rest when its second is over.
    BOOST_TEST(ear.take() == post_event(1, "sending") + post_event(2, "sending"));
    desk.time.run_for(1s);
    BOOST_TEST(ear.take() == post_event(1, "published") + post_event(2, "sending"));
    // Of an amendment no state is known: what was known stands.
    events.tell(post_change(3, "published"));
    events.tell(post_change(3, ""));
    desk.time.run_for(2s);
    BOOST_TEST(ear.take() == post_event(3, "published"));
}

BOOST_AUTO_TEST_CASE(who_cannot_be_told_all_is_told_to_look_anew) {
    Desk desk;
    admin::Events events{desk.time, "1"};
    Ear ear{desk, events.listen()};
    desk.time.run_for(10ms);
    (void)ear.take();
    for (PostId id = 1; id <= 1000; ++id)
        events.tell(post_change(id, "waiting"));
    desk.time.run_for(2s);
    BOOST_TEST(ear.take() == "event: change\ndata: {\"what\":\"all\"}\n\n");
    events.tell(post_change(1, "ready"));
    desk.time.run_for(2s);
    BOOST_TEST(ear.take() == post_event(1, "ready"));
}

BOOST_AUTO_TEST_CASE(silence_is_broken_for_proxies_and_pages_and_without_listeners_nothing_waits) {
    const std::string ping = "event: ping\ndata: {}\n\n";
    Desk desk;
    admin::Events events{desk.time, "1"};
    {
        Ear ear{desk, events.listen()};
        desk.time.run_for(1ms);
        (void)ear.take();
        desk.time.run_for(24s);
        BOOST_TEST(ear.take() == "");
        desk.time.run_for(52s);
        BOOST_TEST(ear.take() == ping + ping + ping);
        BOOST_TEST(desk.time.waiting() == 1U);
    }
    desk.time.run_for(1ms);
    BOOST_TEST(!events.wanted());
    BOOST_TEST(desk.time.waiting() == 0U);
}

BOOST_AUTO_TEST_CASE(there_are_not_more_listeners_than_can_be_told) {
    Desk desk;
    admin::Events events{desk.time, "1"};
    std::vector<std::shared_ptr<LocalStream>> all;
    for (std::size_t i = 0; i < admin::Events::most_listeners; ++i)
        all.push_back(events.listen());
    BOOST_TEST(!events.listen());
    all.pop_back();
    BOOST_TEST(events.listen() != nullptr);
}

BOOST_AUTO_TEST_CASE(a_stream_may_outlive_what_it_tells_of) {
    Desk desk;
    std::optional<admin::Events> events;
    events.emplace(desk.time, "1");
    const std::shared_ptr<LocalStream> stream = events->listen();
    events.reset();
    stream->end();
    bool ended = false;
    boost::asio::co_spawn(desk.context, stream->next(),
                          [&](std::exception_ptr, std::optional<std::string> piece) { ended = !piece; });
    desk.time.run_for(1s);
    BOOST_TEST(ended);
}

BOOST_AUTO_TEST_CASE(all_that_is_recorded_is_told) {
    Desk desk;
    admin::Events events{desk.time, "1"};
    admin::WatchedStore watched{desk.store, events};
    const auto apply = [&](Batch batch) {
        std::optional<Result<Applied>> applied;
        boost::asio::co_spawn(desk.context, watched.apply(std::move(batch)),
                              [&](std::exception_ptr, Result<Applied> a) { applied = std::move(a); });
        desk.time.run_while([&] { return !applied; });
        return *applied;
    };
    const auto made = [](const std::string& key) {
        Post post;
        post.account = "news";
        post.key = digest_of(key);
        post.state = PostState::waiting;
        Batch batch;
        batch.insert.push_back(std::move(post));
        return batch;
    };
    BOOST_TEST(apply(made("before")).has_value());
    Ear ear{desk, events.listen()};
    desk.time.run_for(2s);
    (void)ear.take();
    BOOST_TEST(apply(made("a")).has_value());
    desk.time.run_for(2s);
    BOOST_TEST(ear.take() == post_event(2, "waiting"));
    BOOST_TEST(apply(made("a")).has_value()); // known: nothing was made
    desk.time.run_for(2s);
    BOOST_TEST(ear.take() == "");
    desk.store.failures.push_back(Failure{Cause::temporary, "the disk is full"});
    BOOST_TEST(!apply(made("b")).has_value());
    desk.time.run_for(2s);
    BOOST_TEST(ear.take() == "");

    Batch batch;
    Post post = desk.store.post(2);
    post.state = PostState::cancelled;
    batch.update.push_back(post);
    AccountState account;
    account.account = "news";
    batch.accounts.push_back(account);
    SourceState source;
    source.source = "blog";
    batch.sources.push_back(source);
    EntryState entry;
    entry.entry = "greeting";
    batch.entries.push_back(entry);
    AlertState alert;
    alert.subject = "store";
    batch.alerts.push_back(alert);
    BOOST_TEST(apply(std::move(batch)).has_value());
    desk.time.run_for(2s);
    BOOST_TEST(ear.take() == post_event(2, "cancelled") +
                                 "event: change\ndata: {\"what\":\"account\",\"name\":\"news\"}\n\n"
                                 "event: change\ndata: {\"what\":\"source\",\"name\":\"blog\"}\n\n"
                                 "event: change\ndata: {\"what\":\"entry\",\"name\":\"greeting\"}\n\n"
                                 "event: change\ndata: {\"what\":\"alert\"}\n\n");
}

BOOST_AUTO_TEST_SUITE_END()
