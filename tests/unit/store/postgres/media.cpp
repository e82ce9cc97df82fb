#include "../harness.hpp"
#include "proxy.hpp"
#include "store/media_stash.hpp"

#include <array>
#include <thread>

using namespace crier;
using namespace crier::test;

namespace {

/// Each address gives a picture once.
class OnceHttp final : public HttpClient {
public:
    boost::asio::awaitable<HttpResult> send(HttpRequest request) override {
        asked.push_back(std::move(request.url));
        HttpResponse response;
        response.status = asked.size() == 1 ? 200 : 404;
        response.body = body;
        co_return response;
    }
    std::vector<std::string> asked;
    std::string body;
};

/// A machine with a disk of its own, whose stash has the vault of `store` in common with the others'.
struct Machine {
    Machine(const Folder& store, HttpClient& client, const std::string& server = cluster_folder())
        : directory(disk / "media") {
        store::PostgresTarget target;
        target.url = url_of(store.db(), server);
        fetcher = store::make_media_stash(client, directory, store::make_postgres_vault(std::move(target)));
    }
    Result<std::string> keep(const std::string& file, const std::string& name) {
        return run(context, fetcher->keep(file, name));
    }
    std::vector<MediaFetcher::Kept> all() { return run(context, fetcher->all_kept()); }
    void forget(const std::string& file) {
        fetcher->forget(file);
        (void)all(); // comes after it
    }
    [[nodiscard]] std::size_t files() const {
        if (!std::filesystem::exists(directory))
            return 0;
        const std::filesystem::directory_iterator all{directory};
        return static_cast<std::size_t>(std::distance(begin(all), end(all)));
    }

    Folder disk;
    std::string directory;
    boost::asio::io_context context{1};
    std::unique_ptr<MediaFetcher> fetcher;
};

/// Two machines, and a picture of more than one piece on the disk of the first.
struct TwoMachines {
    TwoMachines() {
        const OpenStore tables{store.db()};
        for (std::size_t i = 0; i < 700'001; ++i)
            picture += static_cast<char>(i * 7 % 251);
        write_bytes(original, picture);
    }
    [[nodiscard]] std::string rows() const {
        return RawPostgres{store.db()}.ask("SELECT count(*) FROM media");
    }

    Folder store;
    OnceHttp http;
    Machine one{store, http};
    Machine other{store, http};
    std::string original = one.disk / "plot.png";
    std::string picture = "\x89PNG\r\n\x1a\n";
};

} // namespace

BOOST_AUTO_TEST_SUITE(postgres_media)

BOOST_AUTO_TEST_CASE(what_one_machine_kept_another_has) {
    TwoMachines two;
    const std::string kept = two.one.keep(two.original, "key-0").value();
    BOOST_TEST(two.rows() == "3");
    std::filesystem::remove(two.original);
    const std::string there = two.other.keep(two.original, "key-0").value();
    BOOST_TEST(mentions(there, two.other.directory));
    BOOST_TEST(std::filesystem::path{there}.filename() == std::filesystem::path{kept}.filename());
    BOOST_TEST((bytes_of(there) == two.picture));
    BOOST_TEST(mode_of(there) == 0600U);
    BOOST_TEST(two.other.files() == 1U);
    // The path in a post is the first one's, whoever has it.
    two.other.forget(kept);
    BOOST_TEST(two.rows() == "0");
    BOOST_TEST(two.other.all().empty());
    BOOST_TEST(two.one.all().size() == 1U); // its own copy, which its trimmer finds
    two.one.forget(kept);
    BOOST_TEST(two.one.all().empty());
}

/// At the same path of two machines there may be two files: the post has the one of the machine that made it.
BOOST_AUTO_TEST_CASE(what_is_lost_here_comes_back_as_it_was) {
    TwoMachines two;
    const std::string kept = two.one.keep(two.original, "key-0").value();
    std::filesystem::remove(kept);
    write_bytes(two.original, "another one");
    BOOST_TEST(two.one.keep(two.original, "key-0").value() == kept);
    BOOST_TEST((bytes_of(kept) == two.picture));
}

BOOST_AUTO_TEST_CASE(two_that_keep_the_same_at_once_have_the_same) {
    TwoMachines two;
    const std::string longer = two.picture + two.picture;
    for (int round = 0; round < 10; ++round) {
        const std::string name = "key" + std::to_string(round) + "-0";
        std::array<std::string, 2> kept;
        std::thread first{[&] {
            kept[0] = run(two.one.context, two.one.fetcher->keep_bytes(two.picture, name, ".png")).value();
        }};
        std::thread second{[&] {
            kept[1] = run(two.other.context, two.other.fetcher->keep_bytes(longer, name, ".png")).value();
        }};
        first.join();
        second.join();
        BOOST_TEST((bytes_of(kept[0]) == bytes_of(kept[1])));
        const std::size_t size = bytes_of(kept[0]).size();
        BOOST_TEST((size == two.picture.size() || size == longer.size()));
    }
}

/// A page sends a file to one machine, and the post that names it to another.
BOOST_AUTO_TEST_CASE(what_lies_elsewhere_is_listed_read_and_copied) {
    TwoMachines two;
    const Result<std::string> sent =
        run(two.one.context, two.one.fetcher->keep_bytes(two.picture, "upload.1", ".png"));
    BOOST_REQUIRE(sent.has_value());
    const std::vector<MediaFetcher::Kept> all = two.other.all();
    BOOST_REQUIRE(all.size() == 1U);
    BOOST_TEST(all[0].name == "upload.1");
    BOOST_TEST(all[0].bytes == two.picture.size());
    BOOST_TEST(mentions(all[0].file, two.other.directory));
    const auto age = std::chrono::system_clock::now().time_since_epoch() - all[0].since.time_since_epoch();
    BOOST_TEST((age > -1h && age < 1h));
    BOOST_TEST((bytes_of(two.other.keep(all[0].file, "key-0").value()) == two.picture));
    BOOST_TEST((run(two.other.context, two.other.fetcher->read(*sent, 1U << 20U)).value() == two.picture));
    two.other.forget(*sent);
    BOOST_TEST(two.other.all().size() == 1U); // the copy
}

BOOST_AUTO_TEST_CASE(what_went_out_is_gone_from_the_database_and_shown_where_it_went_out) {
    TwoMachines two;
    const std::string kept = two.one.keep(two.original, "key-0").value();
    (void)two.other.keep(two.original, "key-0").value();
    two.other.fetcher->put_by(kept);
    BOOST_TEST(two.other.all().empty());
    BOOST_TEST(two.rows() == "0");
    BOOST_TEST((run(two.other.context, two.other.fetcher->read(kept, 1U << 20U)).value() == two.picture));
}

BOOST_AUTO_TEST_CASE(what_was_fetched_is_not_fetched_by_another) {
    TwoMachines two;
    two.http.body = two.picture;
    const std::string url = "https://blog.example/a.png";
    const auto fetch = [&](Machine& machine) {
        return run(machine.context, machine.fetcher->fetch(url, "key-0", false, 1U << 20U));
    };
    BOOST_TEST((fetch(two.one).reply.verdict == Verdict::media_ready));
    const FetchedMedia there = fetch(two.other);
    BOOST_TEST((there.reply.verdict == Verdict::media_ready));
    BOOST_TEST(there.type == "image/png");
    BOOST_TEST((bytes_of(there.file) == two.picture));
    BOOST_TEST(two.http.asked.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_file_that_is_nobodys_copy_is_let_be) {
    TwoMachines two;
    const std::string kept = two.one.keep(two.original, "key-0").value();
    const std::string name = std::filesystem::path{kept}.filename().string();
    const Folder elsewhere;
    write_bytes(elsewhere / name, "somebody's");
    two.one.forget(elsewhere / name);
    two.one.forget(two.original);
    BOOST_TEST(two.rows() == "3");
    BOOST_TEST(two.one.files() == 1U);
    BOOST_TEST(std::filesystem::exists(two.original));
}

/// Wherever the connection goes.
BOOST_AUTO_TEST_CASE(a_lost_connection_loses_no_file) {
    for (const Proxy::Cut how : {Proxy::Cut::before, Proxy::Cut::half, Proxy::Cut::after})
        for (int nth = 1; nth <= 4; ++nth)
            BOOST_TEST_CONTEXT("cut " << static_cast<int>(how) << " at " << nth) {
                TwoMachines two;
                two.picture.resize(40'000); // one piece: what is sent at once arrives at once
                write_bytes(two.original, two.picture);
                Proxy proxy{cluster_folder()};
                Machine third{two.store, two.http, proxy.folder()};
                (void)third.all(); // it is connected
                proxy.cut(nth, how);
                const std::string kept = third.keep(two.original, "key-0").value();
                BOOST_TEST((bytes_of(kept) == two.picture));
                BOOST_TEST(proxy.has_cut());
                std::filesystem::remove(kept);
                BOOST_TEST((bytes_of(third.keep(two.original, "key-0").value()) == two.picture));
                BOOST_TEST(two.rows() == "1");
            }
}

BOOST_AUTO_TEST_CASE(what_cannot_be_shared_is_not_kept) {
    TwoMachines two;
    Proxy proxy{cluster_folder()};
    proxy.refuse(true);
    Machine third{two.store, two.http, proxy.folder()};
    const Result<std::string> kept = third.keep(two.original, "key-0");
    BOOST_REQUIRE(!kept);
    BOOST_TEST((kept.error().cause == Cause::temporary));
    BOOST_TEST(third.files() == 0U);
    BOOST_TEST(third.all().empty());
}

BOOST_AUTO_TEST_SUITE_END()
