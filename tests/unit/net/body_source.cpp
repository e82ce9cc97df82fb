#include "net/body_source.hpp"

#include "support/temporary.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

using namespace crier;
using net::BodySource;
using test::TemporaryDirectory;

namespace {

HttpPart value(std::string name, std::string text) {
    HttpPart part;
    part.name = std::move(name);
    part.value = std::move(text);
    return part;
}

HttpPart file(std::string name, std::string path, std::string filename, std::string type) {
    HttpPart part;
    part.name = std::move(name);
    part.file = std::move(path);
    part.filename = std::move(filename);
    part.content_type = std::move(type);
    return part;
}

std::string all_of(BodySource& source) {
    std::string text;
    for (;;) {
        const Result<std::string_view> piece = source.next();
        BOOST_REQUIRE(piece.has_value());
        if (piece->empty())
            return text;
        text += *piece;
    }
}

Failure failure_of(HttpPart part) {
    HttpRequest request;
    request.parts.push_back(std::move(part));
    const Result<BodySource> source = BodySource::make(request, 7);
    BOOST_REQUIRE(source.has_error());
    return source.error();
}

std::size_t open_files() {
    const std::filesystem::directory_iterator files{"/proc/self/fd"};
    return static_cast<std::size_t>(std::distance(begin(files), end(files)));
}

} // namespace

BOOST_AUTO_TEST_SUITE(body_source)

BOOST_AUTO_TEST_CASE(a_body_is_one_piece_of_the_caller_s_type) {
    HttpRequest request;
    request.body = "status=Hello";
    BodySource source = *BodySource::make(request, 0);
    BOOST_TEST(source.length() == 12U);
    BOOST_TEST(source.content_type() == "");
    const Result<std::string_view> piece = source.next();
    BOOST_TEST(*piece == "status=Hello");
    BOOST_TEST(static_cast<const void*>(piece->data()) == static_cast<const void*>(request.body.data()));
    BOOST_TEST(source.next()->empty());
    BOOST_TEST(source.next()->empty());
    HttpRequest none;
    BOOST_TEST(BodySource::make(none, 0)->empty());
}

BOOST_AUTO_TEST_CASE(parts_are_multipart_form_data) {
    const TemporaryDirectory directory;
    const std::string picture = directory.file("p.png", "PNG\r\n--bytes");
    HttpRequest request;
    request.parts.push_back(file("file", picture, "sun \"rise\"\r\n.png", "image/png"));
    request.parts.push_back(value("description", "The sun\r\nrises"));
    BodySource source = *BodySource::make(request, 7);
    BOOST_TEST(source.content_type() == "multipart/form-data; boundary=crier-7-2");
    const std::string text = all_of(source);
    BOOST_TEST(text ==
               "--crier-7-2\r\n"
               "Content-Disposition: form-data; name=\"file\"; filename=\"sun %22rise%22%0D%0A.png\"\r\n"
               "Content-Type: image/png\r\n"
               "\r\n"
               "PNG\r\n--bytes\r\n"
               "--crier-7-2\r\n"
               "Content-Disposition: form-data; name=\"description\"\r\n"
               "\r\n"
               "The sun\r\nrises\r\n"
               "--crier-7-2--\r\n");
    BOOST_TEST(source.length() == text.size());
}

BOOST_AUTO_TEST_CASE(a_file_without_a_type_has_the_most_general_one) {
    const TemporaryDirectory directory;
    HttpRequest request;
    request.parts.push_back(file("file", directory.file("empty", ""), "empty", ""));
    BodySource source = *BodySource::make(request, 7);
    const std::string text = all_of(source);
    BOOST_TEST(text.find("Content-Type: application/octet-stream\r\n\r\n\r\n--crier") != std::string::npos);
    BOOST_TEST(source.length() == text.size());
}

BOOST_AUTO_TEST_CASE(files_are_read_in_pieces_and_closed) {
    const TemporaryDirectory directory;
    std::string content(200'000, '\0');
    for (std::size_t i = 0; i < content.size(); ++i)
        content[i] = static_cast<char>('a' + i % 23);
    const std::string path = directory.file("big", content);
    const std::size_t before = open_files();
    {
        HttpRequest request;
        request.parts.push_back(file("a", path, "a", "x/y"));
        request.parts.push_back(file("b", path, "b", "x/y"));
        BodySource first = *BodySource::make(request, 7);
        BodySource source = std::move(first); // the files move with it
        BOOST_TEST(open_files() == before + 2);
        std::string text;
        std::size_t most = 0;
        for (Result<std::string_view> piece = source.next(); piece && !piece->empty();
             piece = source.next()) {
            most = std::max(most, piece->size());
            text += *piece;
        }
        BOOST_TEST(most <= 65536U);
        BOOST_TEST(text.size() == source.length());
        const auto once = text.find(content);
        BOOST_REQUIRE(once != std::string::npos);
        BOOST_TEST((text.find(content, once + 1) != std::string::npos));
    }
    BOOST_TEST(open_files() == before);
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_read_is_told) {
    const TemporaryDirectory directory;
    const std::size_t before = open_files();
    const Failure missing = failure_of(file("file", directory / "none", "n", ""));
    BOOST_TEST((missing.cause == Cause::not_found));
    BOOST_TEST(missing.message == (directory / "none") + ": No such file or directory");
    BOOST_TEST(!missing.hint.empty());
    BOOST_TEST(failure_of(file("file", directory / "", "n", "")).message ==
               (directory / "") + ": no regular file");
    const std::string pipe = directory / "pipe"; // nobody writes to it: opening must not wait
    BOOST_REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    BOOST_TEST(failure_of(file("file", pipe, "n", "")).message == pipe + ": no regular file");
    if (::geteuid() != 0) {
        const std::string closed = directory.file("closed", "x");
        std::filesystem::permissions(closed, std::filesystem::perms::none);
        BOOST_TEST((failure_of(file("file", closed, "n", "")).cause == Cause::permission));
    }
    BOOST_TEST(open_files() == before);
}

BOOST_AUTO_TEST_CASE(the_second_file_s_fault_closes_the_first) {
    const TemporaryDirectory directory;
    const std::size_t before = open_files();
    HttpRequest request;
    request.parts.push_back(file("a", directory.file("a", "a"), "a", ""));
    request.parts.push_back(file("b", directory / "none", "b", ""));
    BOOST_TEST(BodySource::make(request, 7).has_error());
    BOOST_TEST(open_files() == before);
}

BOOST_AUTO_TEST_CASE(a_file_is_sent_as_long_as_it_was_or_not_at_all) {
    const TemporaryDirectory directory;
    const std::string path = directory.file("changes", std::string(100'000, 'a'));
    const auto source_of = [](const std::string& name) {
        HttpRequest request;
        request.parts.push_back(file("file", name, "f", ""));
        return *BodySource::make(request, 7);
    };
    BodySource longer = source_of(path);
    std::filesystem::resize_file(path, 150'000);
    BOOST_TEST(all_of(longer).size() == longer.length());

    BodySource shorter = source_of(path);
    std::filesystem::resize_file(path, 70'000);
    Result<std::string_view> piece = shorter.next();
    while (piece && !piece->empty())
        piece = shorter.next();
    BOOST_REQUIRE(piece.has_error());
    BOOST_TEST((piece.error().cause == Cause::temporary));
    BOOST_TEST(piece.error().message.find(path + ": the file became shorter") == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
