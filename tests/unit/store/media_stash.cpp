#include "store/media_stash.hpp"

#include "child.hpp"
#include "harness.hpp"
#include "store/turns.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>

#include <deque>
#include <optional>
#include <sys/resource.h>
#include <sys/stat.h>

using namespace crier;
using namespace crier::test;
using namespace std::string_literals;

namespace {

/// Answers by a script and keeps what it was asked.
class ScriptedHttp final : public HttpClient {
public:
    boost::asio::awaitable<HttpResult> send(HttpRequest request) override {
        asked.push_back(std::move(request));
        BOOST_REQUIRE(!script.empty());
        HttpResult result = std::move(script.front());
        script.pop_front();
        co_return result;
    }
    void answer(int status, std::string body) {
        HttpResponse response;
        response.status = status;
        response.body = std::move(body);
        script.emplace_back(std::move(response));
    }
    void fail(Cause cause, std::string message) {
        script.emplace_back(HttpFailure{HttpPhase::connect, Failure{cause, std::move(message)}, false});
    }

    std::deque<HttpResult> script;
    std::vector<HttpRequest> asked;
};

const std::string png = "\x89PNG\r\n\x1a\n...the picture..."s;
const std::string url = "https://blog.example/a.png";

/// Answers each request when it is let.
class GatedHttp final : public HttpClient {
public:
    explicit GatedHttp(boost::asio::io_context& context)
        : context_(context) {}
    boost::asio::awaitable<HttpResult> send(HttpRequest request) override {
        asked.push_back(request.url);
        auto gate = std::make_shared<boost::asio::steady_timer>(context_,
                                                                boost::asio::steady_timer::time_point::max());
        gates.push_back(gate);
        boost::system::error_code ignored;
        co_await gate->async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
        HttpResponse response;
        response.status = 200;
        response.body = body;
        co_return response;
    }

    std::vector<std::string> asked;
    std::vector<std::shared_ptr<boost::asio::steady_timer>> gates; ///< one for each request
    std::string body;

private:
    boost::asio::io_context& context_;
};

/// A stash over a directory that outlives it.
struct Stash {
    explicit Stash(const Folder& folder)
        : directory(folder / "media")
        , fetcher(store::make_media_stash(http, directory)) {}
    FetchedMedia fetch(const std::string& address, const std::string& name, bool allow_private = false,
                       std::uint64_t most = 1000000) {
        return run(context, fetcher->fetch(address, name, allow_private, most));
    }
    Result<std::string> keep(const std::string& file, const std::string& name) {
        return run(context, fetcher->keep(file, name));
    }
    /// Returns when it is gone, if it is to go.
    void forget(const std::string& file) {
        fetcher->forget(file);
        (void)run(context, fetcher->all_kept()); // comes after it
    }
    /// Everything in the directory.
    [[nodiscard]] std::size_t files() const {
        if (!std::filesystem::exists(directory))
            return 0;
        const std::filesystem::directory_iterator all{directory};
        return static_cast<std::size_t>(std::distance(begin(all), end(all)));
    }

    boost::asio::io_context context{1};
    ScriptedHttp http;
    std::string directory;
    std::unique_ptr<MediaFetcher> fetcher;
};

} // namespace

BOOST_AUTO_TEST_SUITE(media_stash)

BOOST_AUTO_TEST_CASE(a_picture_becomes_a_file_with_its_type) {
    const mode_t before = ::umask(0);
    const Folder folder;
    Stash stash{folder};
    BOOST_TEST(stash.files() == 0U); // nothing is made before it is needed
    stash.http.answer(200, png);
    const FetchedMedia fetched = stash.fetch(url, "key-0");
    ::umask(before);
    BOOST_TEST((fetched.reply.verdict == Verdict::media_ready));
    BOOST_TEST(fetched.type == "image/png");
    BOOST_TEST(mentions(fetched.file, stash.directory + "/key-0"));
    BOOST_TEST(fetched.file.substr(fetched.file.size() - 4) == ".png");
    BOOST_TEST(bytes_of(fetched.file) == png);
    BOOST_TEST(mode_of(fetched.file) == 0600U);
    BOOST_TEST(mode_of(stash.directory) == 0700U);
    BOOST_TEST(stash.files() == 1U);
}

BOOST_AUTO_TEST_CASE(what_went_out_is_readable_for_a_while_where_it_is_small) {
    const Folder folder;
    Stash stash{folder};
    const auto read = [&](const std::string& file, std::uint64_t most = 1000) {
        return run(stash.context, stash.fetcher->read(file, most));
    };
    const auto keep = [&](const std::string& name, const std::string& bytes) {
        return run(stash.context, stash.fetcher->keep_bytes(bytes, name, ".png")).value();
    };
    const auto put_by = [&](const std::string& file) {
        stash.fetcher->put_by(file);
        (void)run(stash.context, stash.fetcher->all_kept());
    };
    const std::string small = keep("a", png);
    BOOST_TEST(mode_of(small) == 0600U);
    BOOST_TEST(read(small).value() == png);
    BOOST_TEST((read(small, 3).error().cause == Cause::unsupported));
    put_by(small);
    BOOST_TEST(!std::filesystem::exists(small));
    BOOST_TEST(read(small).value() == png);
    BOOST_TEST(run(stash.context, stash.fetcher->all_kept()).empty()); // nobody has to forget it
    stash.forget(small);                                               // its post was deleted
    BOOST_TEST((read(small).error().cause == Cause::not_found));

    const std::string large = keep("b", std::string((2U << 20U) + 1, 'x'));
    put_by(large);
    BOOST_TEST((read(large).error().cause == Cause::not_found));

    // At most 64 MiB of the newest; when there would be more, the oldest eighth goes.
    std::vector<std::string> files;
    const auto readable = [&] {
        constexpr std::uint64_t all = 4U << 20U;
        std::size_t count = 0;
        for (const std::string& file : files)
            count += read(file, all).has_value() ? 1U : 0U;
        BOOST_TEST(read(files.back(), all).has_value());
        return count;
    };
    const auto put_by_more = [&](int number) {
        for (int i = 0; i < number; ++i) {
            files.push_back(keep("c" + std::to_string(files.size()), std::string(2U << 20U, 'x')));
            put_by(files.back());
        }
    };
    put_by_more(32);
    BOOST_TEST(readable() == 32U);
    put_by_more(1);
    BOOST_TEST(readable() == 28U);
    BOOST_TEST((read(files[4], 4U << 20U).error().cause == Cause::not_found)); // the oldest
    put_by_more(4);
    BOOST_TEST(readable() == 32U);
    put_by_more(1);
    BOOST_TEST(readable() == 28U);

    // Somebody else's is left alone.
    const std::string foreign = folder / "foreign.png";
    write_bytes(foreign, png);
    put_by(foreign);
    BOOST_TEST(bytes_of(foreign) == png);
    BOOST_TEST(read(foreign).value() == png);
    BOOST_TEST((read(folder / "").error().cause == Cause::not_found));
}

BOOST_AUTO_TEST_CASE(the_request_says_what_is_wanted_and_what_is_not_allowed) {
    const Folder folder;
    Stash stash{folder};
    stash.http.answer(200, png);
    stash.http.answer(200, png);
    (void)stash.fetch(url, "a", false, 12345);
    (void)stash.fetch(url, "b", true, 12345);
    BOOST_REQUIRE(stash.http.asked.size() == 2U);
    const HttpRequest& asked = stash.http.asked[0];
    BOOST_TEST(asked.method == "GET");
    BOOST_TEST(asked.url == url);
    BOOST_TEST(asked.max_body == 12345U);
    BOOST_TEST(!asked.allow_private);
    BOOST_TEST(asked.follow_redirects);
    BOOST_TEST(asked.bearer.empty());
    BOOST_TEST(stash.http.asked[1].allow_private);
}

BOOST_AUTO_TEST_CASE(more_than_128_MiB_is_never_taken) {
    const Folder folder;
    Stash stash{folder};
    for (const std::uint64_t most : {std::uint64_t{128} << 20U, std::uint64_t{1} << 40U, ~std::uint64_t{0}}) {
        stash.http.answer(404, "");
        (void)stash.fetch(url, "a", false, most);
        BOOST_TEST(stash.http.asked.back().max_body == std::size_t{128} << 20U);
    }
}

BOOST_AUTO_TEST_CASE(one_is_fetched_at_a_time_in_the_order_in_which_they_came) {
    const Folder folder;
    boost::asio::io_context context{1};
    GatedHttp http{context};
    http.body = png;
    const auto fetcher = store::make_media_stash(http, folder / "media");
    std::vector<std::string> done;
    boost::asio::cancellation_signal give_up;
    const auto begin = [&](const std::string& name) {
        auto fetch = fetcher->fetch("https://blog.example/" + name, name, false, 1000000);
        const auto end = [&done, name](std::exception_ptr error, const FetchedMedia& fetched) {
            done.push_back(name + (error ? " given up" : " " + std::string{to_text(fetched.reply.verdict)}));
        };
        if (name == "2")
            boost::asio::co_spawn(context, std::move(fetch),
                                  boost::asio::bind_cancellation_slot(give_up.slot(), end));
        else
            boost::asio::co_spawn(context, std::move(fetch), end);
    };
    for (const char* name : {"1", "2", "3", "4"})
        begin(name);
    const auto until_done = [&](std::size_t count) {
        while (done.size() < count && context.run_one() > 0) {
        }
        context.poll();
    };
    context.poll();
    BOOST_TEST(http.asked.size() == 1U);
    give_up.emit(boost::asio::cancellation_type::terminal);
    until_done(1);
    BOOST_TEST(http.asked.size() == 1U); // the second one's turn never came
    http.gates.at(0)->cancel();
    until_done(2);
    BOOST_TEST(http.asked.size() == 2U);
    http.gates.at(1)->cancel();
    until_done(3);
    BOOST_TEST(http.asked.size() == 3U);
    http.gates.at(2)->cancel();
    until_done(4);
    const std::vector<std::string> expected{"2 given up", "1 media_ready", "3 media_ready", "4 media_ready"};
    BOOST_TEST(done == expected, boost::test_tools::per_element());
    begin("5"); // and the turn is free again
    context.restart();
    context.poll();
    BOOST_TEST(http.asked.size() == 4U);
}

BOOST_AUTO_TEST_CASE(a_turn_that_comes_to_somebody_who_has_just_left_goes_on) {
    boost::asio::io_context context{1};
    store::Turns turns;
    boost::asio::cancellation_signal give_up;
    std::string got;
    std::optional<store::Turns::Turn> first;
    const auto take = [](store::Turns& from, std::string& said, char name) -> boost::asio::awaitable<void> {
        const store::Turns::Turn turn = co_await from.take();
        co_await boost::asio::post(boost::asio::use_awaitable);
        co_await boost::asio::post(boost::asio::use_awaitable); // where a cancellation is noticed
        said += name;
    };
    const auto hold = [&]() -> boost::asio::awaitable<void> { first.emplace(co_await turns.take()); };
    run(context, hold());
    boost::asio::co_spawn(context, take(turns, got, 'b'),
                          boost::asio::bind_cancellation_slot(give_up.slot(), [](std::exception_ptr) {}));
    boost::asio::co_spawn(context, take(turns, got, 'c'), boost::asio::detached);
    context.restart();
    context.poll();
    BOOST_TEST(got == "");
    first.reset();                                          // b's turn,
    give_up.emit(boost::asio::cancellation_type::terminal); // who has given up before it knew
    context.restart();
    context.poll();
    BOOST_TEST(got == "c");
}

BOOST_AUTO_TEST_CASE(the_same_name_and_address_are_the_same_file_also_after_a_restart) {
    const Folder folder;
    std::string file;
    {
        Stash stash{folder};
        stash.http.answer(200, png);
        file = stash.fetch(url, "key-0").file;
        BOOST_TEST(stash.fetch(url, "key-0").file == file);
        BOOST_TEST(stash.http.asked.size() == 1U);
    }
    // The picture has changed or gone since: the post's has not.
    Stash stash{folder};
    const FetchedMedia again = stash.fetch(url, "key-0");
    BOOST_TEST((again.reply.verdict == Verdict::media_ready));
    BOOST_TEST(again.file == file);
    BOOST_TEST(again.type == "image/png");
    BOOST_TEST(bytes_of(again.file) == png);
    BOOST_TEST(stash.http.asked.empty());
}

BOOST_AUTO_TEST_CASE(another_name_or_address_is_another_file) {
    const Folder folder;
    Stash stash{folder};
    for (int i = 0; i < 3; ++i)
        stash.http.answer(200, png);
    const std::string first = stash.fetch(url, "key-0").file;
    BOOST_TEST(stash.fetch(url, "key-1").file != first);
    BOOST_TEST(stash.fetch(url + "?2", "key-0").file != first);
    BOOST_TEST(stash.files() == 3U);
}

BOOST_AUTO_TEST_CASE(what_will_never_be_had_is_told_from_what_may_come) {
    const Folder folder;
    Stash stash{folder};
    const auto verdict = [&](const char* word, int status) {
        const FetchedMedia fetched = stash.fetch(url, "key-0");
        BOOST_TEST(to_text(fetched.reply.verdict) == word);
        BOOST_TEST(fetched.reply.http == status);
        BOOST_TEST(fetched.file.empty());
        return fetched.reply.text;
    };
    const std::string_view never = to_text(Verdict::refused);
    const std::string_view later = to_text(Verdict::unknown);
    for (const int status : {400, 401, 403, 404, 410, 204, 304}) {
        stash.http.answer(status, png);
        BOOST_TEST(mentions(verdict(never.data(), status), std::to_string(status)));
    }
    for (const int status : {408, 425, 429, 500, 502, 503}) {
        stash.http.answer(status, png);
        BOOST_TEST(mentions(verdict(later.data(), status), std::to_string(status)));
    }
    stash.http.fail(Cause::permission, "blog.example has a private address");
    BOOST_TEST(mentions(verdict(never.data(), 0), "private address"));
    stash.http.fail(Cause::config, "no http or https address");
    (void)verdict(never.data(), 0);
    stash.http.fail(Cause::server, "the response's body is larger than is taken");
    BOOST_TEST(mentions(verdict(never.data(), 0), "larger than is taken"));
    stash.http.fail(Cause::network, "no connection");
    BOOST_TEST(mentions(verdict(later.data(), 0), "no connection"));
    BOOST_TEST(stash.files() == 0U);
    // And after all that it may still come.
    stash.http.answer(200, png);
    BOOST_TEST((stash.fetch(url, "key-0").reply.verdict == Verdict::media_ready));
}

/// Whoever asked says what it was.
BOOST_AUTO_TEST_CASE(the_address_is_not_told_and_so_no_key_in_it) {
    const Folder folder;
    Stash stash{folder};
    stash.http.fail(Cause::network, "no connection");
    stash.http.answer(404, "");
    stash.http.answer(200, "<html>");
    for (const std::string why :
         {"no connection", "it cannot be had: the answer is 404", "it is no picture"}) {
        const std::string text = stash.fetch(url + "?sig=s3cr3t", "key-0").reply.text;
        BOOST_TEST(text.rfind(why, 0) == 0U, text);
    }
}

BOOST_AUTO_TEST_CASE(what_is_no_picture_video_or_sound_is_not_kept) {
    const Folder folder;
    Stash stash{folder};
    for (const std::string& body :
         {""s, "x"s, "<!DOCTYPE html><title>Not found</title>"s, "\x89PN"s, "RIFF1234JUNK"s, "%PDF-1.7"s,
          "<svg xmlns='http://www.w3.org/2000/svg'/>"s}) {
        stash.http.answer(200, body);
        const FetchedMedia fetched = stash.fetch(url, "key-0");
        BOOST_TEST((fetched.reply.verdict == Verdict::media_failed));
        BOOST_TEST(mentions(fetched.reply.text, "is no picture"));
    }
    BOOST_TEST(stash.files() == 0U);
}

BOOST_AUTO_TEST_CASE(only_its_own_files_are_forgotten) {
    const Folder folder;
    Stash stash{folder};
    stash.http.answer(200, png);
    const std::string file = stash.fetch(url, "key-0").file;
    const std::string outside = folder / "precious.png";
    const std::string beside = folder / "media.png";
    std::filesystem::create_directory(stash.directory + "/sub");
    const std::string below = stash.directory + "/sub/deep.png";
    for (const std::string& other : {outside, beside, below})
        write_bytes(other, png);
    for (const std::string& other :
         {outside, beside, below, stash.directory + "/../precious.png",
          stash.directory + "/sub/../../precious.png", stash.directory, ""s, "/"s, "precious.png"s})
        stash.forget(other);
    BOOST_TEST(std::filesystem::exists(outside));
    BOOST_TEST(std::filesystem::exists(beside));
    BOOST_TEST(std::filesystem::exists(below));
    BOOST_TEST(std::filesystem::exists(file));
    stash.forget(file);
    BOOST_TEST(!std::filesystem::exists(file));
    stash.forget(file); // twice is no trouble
    // And then it is fetched anew.
    stash.http.answer(200, png);
    BOOST_TEST(stash.fetch(url, "key-0").file == file);
}

BOOST_AUTO_TEST_CASE(what_a_sudden_end_cut_off_is_swept_away_and_never_taken_for_a_file) {
    const Folder folder;
    std::string file;
    {
        Stash stash{folder};
        stash.http.answer(200, png);
        file = stash.fetch(url, "key-0").file;
    }
    std::filesystem::rename(file, file + ".part");
    write_bytes(folder / "media/other-0123abcd.jpg.part", "\xff\xd8\xff");
    Stash stash{folder};
    stash.http.answer(200, png);
    BOOST_TEST(stash.fetch(url, "key-0").file == file);
    BOOST_TEST(stash.http.asked.size() == 1U);
    BOOST_TEST(stash.files() == 1U);
}

BOOST_AUTO_TEST_CASE(what_a_person_keeps_there_is_not_swept_away) {
    const Folder folder;
    Stash stash{folder};
    std::filesystem::create_directory(stash.directory);
    const std::string mine = stash.directory + "/film.mp4.part";
    write_bytes(mine, "half of it");
    stash.http.answer(200, png);
    BOOST_TEST((stash.fetch(url, "key-0").reply.verdict == Verdict::media_ready));
    BOOST_TEST(std::filesystem::exists(mine));
}

/// Others would wait for its copy, and the disk may not have the room.
BOOST_AUTO_TEST_CASE(what_is_very_large_is_not_copied_and_stays_where_it_is) {
    const Folder folder;
    const std::string film = folder / "film.mp4";
    write_bytes(film, "a head");
    std::filesystem::resize_file(film, std::uintmax_t{129} << 20U);
    Stash stash{folder};
    BOOST_TEST(stash.keep(film, "key-0").value() == film);
    BOOST_TEST(stash.files() == 0U);
    stash.forget(film);
    BOOST_TEST(std::filesystem::exists(film));
}

BOOST_AUTO_TEST_CASE(a_disk_that_is_full_leaves_nothing_behind) {
    const Folder folder;
    Child child{[&](const Child::Say& say) {
        Stash stash{folder};
        rlimit limit{};
        ::getrlimit(RLIMIT_FSIZE, &limit);
        limit.rlim_cur = 100000;
        ::setrlimit(RLIMIT_FSIZE, &limit);
        stash.http.answer(200, png + std::string(200000, 'x'));
        const FetchedMedia big = stash.fetch(url, "big");
        say(std::string{to_text(big.reply.verdict)} + " " + big.reply.text);
        say(std::to_string(stash.files()));
        stash.http.answer(200, png);
        say(std::string{to_text(stash.fetch(url, "small").reply.verdict)});
    }};
    const std::string answer = child.line();
    BOOST_TEST(mentions(answer, to_text(Verdict::unknown)));
    BOOST_TEST(mentions(answer, folder / "media/big"));
    BOOST_TEST(child.line() == "0");
    BOOST_TEST(child.line() == to_text(Verdict::media_ready));
}

BOOST_AUTO_TEST_CASE(a_directory_that_cannot_be_made_is_trouble_for_later) {
    const Folder folder;
    write_bytes(folder / "media", "a file");
    Stash stash{folder};
    stash.http.answer(200, png);
    const FetchedMedia fetched = stash.fetch(url, "key-0");
    BOOST_TEST((fetched.reply.verdict == Verdict::unknown));
    BOOST_TEST(mentions(fetched.reply.text, stash.directory));
}

BOOST_AUTO_TEST_CASE(a_local_file_is_taken_over_and_what_becomes_of_it_changes_nothing) {
    const Folder folder;
    const std::string original = folder / "plot.PNG";
    write_bytes(original, png);
    Stash stash{folder};
    const std::string copy = stash.keep(original, "key-0").value();
    BOOST_TEST(mentions(copy, stash.directory + "/key-0"));
    BOOST_TEST(copy.substr(copy.size() - 4) == ".PNG");
    BOOST_TEST(mode_of(copy) == 0600U);
    write_bytes(original, "another one");
    BOOST_TEST(stash.keep(original, "key-0").value() == copy);
    BOOST_TEST(bytes_of(copy) == png);
    std::filesystem::remove(original);
    BOOST_TEST(stash.keep(original, "key-0").value() == copy);
    stash.forget(copy);
    BOOST_TEST(stash.files() == 0U);
    BOOST_TEST(std::filesystem::exists(folder.path()));
}

BOOST_AUTO_TEST_CASE(what_root_takes_over_belongs_to_whom_the_folder_does) {
    const Folder folder;
    if (::geteuid() != 0 || ::chown(folder.path().c_str(), 4711, 4711) != 0)
        return; // only root can give a file away, and not in every container
    write_bytes(folder / "plot.png", png);
    Stash stash{folder};
    const std::string copy = stash.keep(folder / "plot.png", "key-0").value();
    struct stat info {};
    BOOST_REQUIRE(::stat(copy.c_str(), &info) == 0);
    BOOST_TEST(info.st_uid == 4711U);
    BOOST_REQUIRE(::stat(stash.directory.c_str(), &info) == 0);
    BOOST_TEST(info.st_uid == 4711U);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_taken_over_is_said_and_leaves_nothing) {
    const Folder folder;
    Stash stash{folder};
    for (const std::string& file : {folder / "none.png", folder.path()}) {
        const Result<std::string> kept = stash.keep(file, "key-0");
        BOOST_REQUIRE(!kept);
        BOOST_TEST((kept.error().cause == Cause::not_found));
        BOOST_TEST(mentions(kept.error().message, file));
    }
    ::mkfifo((folder / "pipe.png").c_str(), 0600);
    BOOST_TEST(mentions(stash.keep(folder / "pipe.png", "key-0").error().message, "no regular file"));
    BOOST_TEST(stash.files() == 0U);
    write_bytes(folder / "big.png", std::string(3U << 20U, 'x'));
    const std::string copy = stash.keep(folder / "big.png", "key-1").value();
    BOOST_TEST(std::filesystem::file_size(copy) == 3U << 20U);
}

BOOST_AUTO_TEST_SUITE_END()
