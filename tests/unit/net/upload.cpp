#include "expect.hpp"
#include "support/temporary.hpp"

#include <filesystem>
#include <fstream>

using namespace crier;
using namespace crier::test;
using Kind = Step::Kind;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool memory_is_its_own = false; // the sanitizer's is counted as well
#else
constexpr bool memory_is_its_own = true;
#endif

/// The most that this process has held in memory since the last call of forget_peak(), in KiB.
long peak_kib() {
    std::ifstream status{"/proc/self/status"};
    for (std::string line; std::getline(status, line);)
        if (line.find("VmHWM:") == 0)
            return std::strtol(line.c_str() + 6, nullptr, 10);
    return 0;
}

void forget_peak() {
    std::ofstream{"/proc/self/clear_refs"} << "5";
}

} // namespace

BOOST_AUTO_TEST_SUITE(upload)

BOOST_AUTO_TEST_CASE(a_picture_arrives_as_it_is) {
    const TemporaryDirectory directory;
    std::string content(300'000, '\0');
    for (std::size_t i = 0; i < content.size(); ++i)
        content[i] = static_cast<char>(i * 31 % 251);
    World world;
    ScriptedServer server{world.context};
    server.on_connection({Kind::request, send(response(200, "{}"))});
    HttpRequest request{"POST", server.url("/api/v2/media")};
    HttpPart file;
    file.name = "file";
    file.file = directory.file("p.png", content);
    file.filename = "p.png";
    file.content_type = "image/png";
    request.parts.push_back(std::move(file));
    check_response(world.send(std::move(request)), 200, "{}");
    const std::string& seen = server.requests().at(0);
    BOOST_TEST(contains(seen, "Content-Type: multipart/form-data; boundary=crier-42-1\r\n"));
    BOOST_TEST((seen.find("\r\n\r\n" + content + "\r\n--crier-42-1--\r\n") != std::string::npos));
    BOOST_TEST(!contains(seen.substr(0, 500), "chunked"));
}

BOOST_AUTO_TEST_CASE(a_hundred_megabytes_pass_through_little_memory) {
    constexpr std::size_t size = 100U << 20U;
    const TemporaryDirectory directory;
    World world;
    ScriptedServer server{world.context};
    server.on_connection({Kind::skip, send(response(202, "{}"))});
    HttpRequest request{"POST", server.url()};
    HttpPart file;
    file.name = "file";
    file.file = directory.file("video", "");
    file.filename = "video";
    std::filesystem::resize_file(file.file, size);
    request.parts.push_back(std::move(file));
    forget_peak();
    const long before = peak_kib();
    check_response(world.send(std::move(request)), 202, "{}");
    const long grown = peak_kib() - before;
    BOOST_TEST_MESSAGE("grown by " << grown << " KiB");
    BOOST_TEST(server.skipped() > size);
    if (memory_is_its_own)
        BOOST_TEST(grown <= 8192);
}

BOOST_AUTO_TEST_SUITE_END()
