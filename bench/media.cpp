// crier-bench-media: files and their statuses from the outbox, beside Mastodon.py and a bare client in the
// same minutes; a large file, one that is processed for long or in vain, one that is cut.

#include "bench/client.hpp"
#include "bench/daemon.hpp"
#include "bench/entries.hpp"
#include "bench/null_server.hpp"
#include "bench/outbox_run.hpp"
#include "bench/report.hpp"
#include "bench/usage.hpp"
#include "programs/process.hpp"

#include <boost/json/parse.hpp>

#include <chrono>
#include <exception>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

using namespace crier::bench;
namespace test = crier::test;

namespace {

constexpr int rounds = 3;
constexpr std::size_t posts = 500;
constexpr std::size_t picture_bytes = 197'000;
constexpr std::uintmax_t film_bytes = 100'000'000;

/// Mastodon.py keeps its connection alive by itself. What a large file costs it in memory is told as well.
constexpr const char* python = R"(import json, resource, sys, time
from mastodon import Mastodon
port, posts, file, film = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4]
api = Mastodon(access_token="0" * 43, api_base_url="http://127.0.0.1:%d" % port, version_check_mode="none")
api.status_post("the first one, which connects", idempotency_key="first")
def used():
    return resource.getrusage(resource.RUSAGE_SELF)
def cpu():
    return used().ru_utime + used().ru_stime
begun, before = time.monotonic(), cpu()
for number in range(posts):
    media = api.media_post(file, mime_type="image/jpeg", description="a picture of the benchmark")
    api.status_post("number %d of the benchmark" % number, media_ids=[media], visibility="public", language="en",
                    idempotency_key="bench %d" % number)
seconds, spent, memory = time.monotonic() - begun, cpu() - before, used().ru_maxrss
if film:
    api.media_post(film, mime_type="video/mp4", description="a film of the benchmark")
print(json.dumps({"seconds": seconds, "cpu": spent, "growth": (used().ru_maxrss - memory) / 1024}))
)";

struct Peer {
    Cost cost;
    double growth = 0; ///< MiB, for the film
};

Peer mastodon_py(const test::TempDir& directory, std::uint16_t port, const std::string& file,
                 const std::string& film) {
    const std::string script = directory.file("peer.py");
    test::write_file(script, python);
    const test::Finished finished = test::run_command(
        {"/usr/bin/python3", script, std::to_string(port), std::to_string(posts), file, film}, {},
        directory.path());
    if (finished.code != 0)
        throw std::runtime_error("Mastodon.py: " + finished.err);
    const auto said = boost::json::parse(finished.out);
    Peer peer;
    peer.cost.seconds = said.at("seconds").to_number<double>();
    peer.cost.cpu = said.at("cpu").to_number<double>();
    peer.cost.number = posts;
    peer.growth = said.at("growth").to_number<double>();
    return peer;
}

struct Round {
    Peer peer;
    Cost bare;
    Cost commits;
    OutboxCost crier;
};

template <class Value>
double middle(const std::vector<Round>& list, Value value) {
    std::vector<double> values;
    for (const Round& round : list)
        values.push_back(value(round));
    return median(values);
}

std::string whole(double value) {
    return std::to_string(static_cast<long>(value));
}

std::string both(const Cost& cost) {
    return whole(cost.rate()) + "/s at " + whole(cost.cpu_each() * 1e6) + " us";
}

/// A JPEG as far as it is looked at before it is sent: its head, and a scan without an end.
std::string picture(const test::TempDir& directory) {
    std::string bytes{"\xFF\xD8\xFF\xC0\0\x0B\x08\x04\0\x06\0\x01\x01\x11\0\xFF\xDA\0\x08\x01\x01\0\0\x3F\0",
                      25};
    bytes.resize(picture_bytes, 'x');
    std::string path = directory.file("picture.jpg");
    test::write_file(path, bytes);
    return path;
}

/// A film of which the disk holds little: what says how it is built, and an empty rest.
std::string film(const test::TempDir& directory) {
    const auto big = [](std::uintmax_t number) {
        std::string text;
        for (int shift = 24; shift >= 0; shift -= 8)
            text += static_cast<char>(number >> static_cast<unsigned>(shift) & 0xFFU);
        return text;
    };
    const std::string head = big(16) + "ftypisom" + std::string(4, '\0') + big(8) + "moov";
    std::string path = directory.file("film.mp4");
    test::write_file(path, head + big(film_bytes - head.size()) + "mdat");
    std::filesystem::resize_file(path, film_bytes);
    return path;
}

void pictures(std::uint16_t port) {
    const test::TempDir directory;
    const std::string file = picture(directory);
    const std::string large = film(directory);
    std::vector<Round> list;
    for (int i = 1; i <= rounds; ++i) {
        Round round;
        round.peer = mastodon_py(directory, port, file, large);
        round.bare = bare_uploads(port, picture_bytes, posts);
        const test::TempDir commits;
        round.commits = bare_commits(commits.path(), posts);
        round.crier = outbox_run(port, 1, posts, file);
        say("media, " + std::to_string(i) + " of " + std::to_string(rounds) +
            " (posts a second, CPU each): Mastodon.py " + both(round.peer.cost) + ", bare client " +
            both(round.bare) + ", bare commits " + both(round.commits) + ", crier " + both(round.crier.cost) +
            ", " + whole(100 * round.crier.cpu_kernel / round.crier.cost.cpu) + " % of it in the kernel, " +
            whole(round.crier.memory) + " MiB, filled at " + whole(round.crier.accepted) + "/s");
        list.push_back(round);
    }
    const auto rate = [](const Round& r) { return r.crier.cost.rate(); };
    const auto cpu = [](const Round& r) { return r.crier.cost.cpu_each() * 1e6; };
    const std::string name = "media: 197 KB and its status, one account";
    print_ratio(name, "posts/s", "Mastodon.py, nothing stored", middle(list, rate),
                middle(list, [&](const Round& r) { return rate(r) / r.peer.cost.rate(); }), 3, true);
    print_ratio(name, "posts/s", "bare Beast client from memory, nothing stored", middle(list, rate),
                middle(list, [&](const Round& r) { return rate(r) / r.bare.rate(); }), std::nullopt, true);
    print_ratio(
        name, "posts/s", "1 / (two bare commits + bare round trips)", middle(list, rate),
        middle(list, [&](const Round& r) { return rate(r) * (1 / r.bare.rate() + 2 / r.commits.rate()); }),
        std::nullopt, true);
    print_ratio(name + ", CPU", "us/post", "Mastodon.py, nothing stored", middle(list, cpu),
                middle(list, [&](const Round& r) { return cpu(r) / (r.peer.cost.cpu_each() * 1e6); }),
                1.0 / 8, false);
    print_ratio(name + ", CPU", "us/post", "bare Beast client from memory, nothing stored", middle(list, cpu),
                middle(list, [&](const Round& r) { return cpu(r) / (r.bare.cpu_each() * 1e6); }),
                std::nullopt, false);
}

/// A daemon with one account, and its command line.
class Bench {
public:
    explicit Bench(std::uint16_t port)
        : port_(port)
        , daemon_(directory_, accounts_yaml(1, port)) {
        (void)get(port, "/reset");
    }
    void post(const std::string& text, const std::string& file) {
        std::vector<std::string> command{CRIER, "post", text, "--config", directory_.file("crier.yaml")};
        if (!file.empty())
            command.insert(command.end(), {"--media", file, "--alt", "of the benchmark"});
        const test::Finished finished = test::run_command(command, {}, directory_.path());
        if (finished.code != 0)
            throw std::runtime_error("crier post: " + finished.err);
    }
    [[nodiscard]] double stat(const std::string& name) const {
        return boost::json::parse(get(port_, "/stats")).at(name).to_number<double>();
    }
    void await_statuses(double number) {
        if (!test::eventually([&] { return stat("statuses") >= number; }, std::chrono::minutes{2}))
            throw std::runtime_error("a post did not come:\n" + daemon_.process().output());
    }
    [[nodiscard]] pid_t pid() { return daemon_.process().pid(); }
    [[nodiscard]] std::string output() { return daemon_.process().output(); }

private:
    std::uint16_t port_;
    test::TempDir directory_;
    Daemon daemon_;
};

void large_file(std::uint16_t port, const std::string& film_file, double peer_growth) {
    Bench bench{port};
    bench.post("the first one, which connects", {});
    bench.await_statuses(1);
    const double before = resident(bench.pid());
    bench.post("with a film", film_file);
    bench.await_statuses(2);
    print_at_most("media: memory for an upload of 100 MB", peak(bench.pid()) - before, "MiB", 8,
                  "Mastodon.py", peer_growth);
}

void slow_processing(std::uint16_t port, const std::string& film_file) {
    Bench bench{port};
    (void)get(port, "/next/30");
    bench.post("with a film", film_file);
    bench.await_statuses(1);
    print_at_most("media: 30 s of processing, the post after its end",
                  (bench.stat("last") - bench.stat("ready")) / 1e6, "s", 10);
    print_at_most("media: 30 s of processing, uploads", bench.stat("uploads"), "uploads", 1);
}

void failing_processing(std::uint16_t port, const std::string& film_file) {
    Bench bench{port};
    (void)get(port, "/next/1/fails");
    bench.post("with a film", film_file);
    const std::string words = film_file + ": 422 Error processing thumbnail for uploaded media";
    const bool told = test::eventually([&] { return bench.output().find(words) != std::string::npos; },
                                       std::chrono::minutes{1});
    Figure figure;
    figure.name = "media: processing that fails, told with the file and the server's words";
    figure.value = told && bench.stat("statuses") == 0 ? 1 : 0;
    figure.unit = "of 1";
    figure.target = 1;
    print(figure);
}

void cut_upload(std::uint16_t port, const std::string& film_file) {
    Bench bench{port};
    (void)get(port, "/next/cut");
    bench.post("with a film", film_file);
    bench.await_statuses(1);
    print_at_most("media: an upload that is cut in the middle, uploads until the post is out",
                  bench.stat("uploads"), "uploads", 2);
    print_at_most("media: an upload that is cut in the middle, statuses", bench.stat("statuses"), "statuses",
                  1);
}

} // namespace

int main(int argc, char** argv) {
    const std::string which = argc > 1 ? argv[1] : "";
    try {
        const NullServer server;
        const test::TempDir directory;
        const std::string large = film(directory);
        if (which != "large")
            pictures(server.port());
        if (which == "pictures")
            return 0;
        large_file(server.port(), large,
                   mastodon_py(directory, server.port(), picture(directory), large).growth);
        slow_processing(server.port(), large);
        failing_processing(server.port(), large);
        cut_upload(server.port(), large);
        return 0;
    } catch (const std::exception& error) {
        say(error.what());
        return 1;
    }
}
