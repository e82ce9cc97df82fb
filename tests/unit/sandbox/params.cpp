// Bodies as Rails reads them.
#include "sandbox/api/params.hpp"

#include "desk.hpp"
#include "sandbox/api/multipart.hpp"

#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

using namespace crier::sandbox;
using namespace crier::sandbox::test;

namespace {

Params read(const std::string& body, const std::string& type = "application/x-www-form-urlencoded",
            const std::string& query = "") {
    Request request;
    request.headers.push_back({"Content-Type", type});
    request.body = body;
    request.query = query;
    return parse_params(request);
}

std::string tree(const Params& params) {
    return params.malformed ? "malformed" : boost::json::serialize(params.tree);
}

} // namespace

BOOST_AUTO_TEST_SUITE(sandbox_params)

BOOST_AUTO_TEST_CASE(names_with_brackets_make_maps_and_lists) {
    const struct {
        const char* body;
        const char* says;
    } cases[] = {
        {"status=a+b%21&x=%zz&flag", R"({"status":"a b!","x":"%zz","flag":""})"},
        {"media_ids[]=1&media_ids[]=2", R"({"media_ids":["1","2"]})"},
        {"media_ids%5B%5D=1", R"({"media_ids":["1"]})"},
        {"poll[options][]=a&poll[options][]=b&poll[expires_in]=300",
         R"({"poll":{"options":["a","b"],"expires_in":"300"}})"},
        {"m[][id]=1&m[][text]=x&m[][id]=2", R"({"m":[{"id":"1","text":"x"},{"id":"2"}]})"},
        {"a=1&a=2", R"({"a":"2"})"},
        {"a=1&a[b]=2", "malformed"},
        {"a[]=1&a[b]=2", "malformed"},
        {"a=%ff", "malformed"},
        {"=1&&", "{}"},
    };
    for (const auto& one : cases)
        BOOST_TEST(tree(read(one.body)) == one.says, one.body);
    std::string deep = "a";
    for (int i = 0; i < 5000; ++i)
        deep += "[b]";
    BOOST_TEST(tree(read(deep + "=1")) == "malformed");
}

BOOST_AUTO_TEST_CASE(the_body_goes_over_the_query) {
    BOOST_TEST(tree(read("a=2", "application/x-www-form-urlencoded", "a=1&b=1")) == R"({"a":"2","b":"1"})");
    BOOST_TEST(tree(read(R"({"a":[3]})", "application/json; charset=utf-8", "a=1")) == R"({"a":[3]})");
    BOOST_TEST(tree(read("a=2", "text/plain", "a=1")) == R"({"a":"1"})");
}

BOOST_AUTO_TEST_CASE(json_that_is_broken_is_told_from_json_that_is_odd) {
    BOOST_TEST(tree(read("", "application/json")) == "{}");
    BOOST_TEST(tree(read("[1]", "application/json")) == "{}");
    BOOST_TEST(tree(read(R"({"a":)", "application/json")) == "malformed");
    BOOST_TEST(tree(read("status=x", "application/json")) == "malformed");
}

BOOST_AUTO_TEST_CASE(values_are_cast_as_rails_casts_them) {
    const Params params =
        read(R"({"t":true,"n":7,"s":"x","e":"","o":"OFF","z":null,"l":[1,"2",null],"m":{"k":"v"}})",
             "application/json");
    BOOST_TEST(params.text("t").value_or("-") == "true");
    BOOST_TEST(params.text("n").value_or("-") == "7");
    BOOST_TEST(!params.text("z"));
    BOOST_TEST(!params.text("l"));
    BOOST_TEST(params.boolean("t").value());
    BOOST_TEST(params.boolean("s").value());
    BOOST_TEST(!params.boolean("o").value());
    BOOST_TEST(!params.boolean("e"));
    BOOST_TEST(params.integer("n").value() == 7);
    BOOST_TEST(!params.integer("s"));
    BOOST_TEST(params.list("l").value() == (std::vector<std::string>{"1", "2"}),
               boost::test_tools::per_element());
    BOOST_TEST(!params.list("s"));
    BOOST_TEST(params.map("m")->text("k").value() == "v");
}

BOOST_AUTO_TEST_CASE(multipart_has_files_and_fields) {
    const std::string odd = std::string{"\r\n--c\0\xff", 7};
    const Params params = read("preamble\r\n" + file_part("file", R"(a \"b\".png)", "image/png", odd) +
                                   text_part("description", "") + text_part("focus", "0,1") + "--b--\r\n",
                               multipart);
    BOOST_TEST(!params.malformed);
    BOOST_REQUIRE(params.file("file") != nullptr);
    BOOST_TEST(params.file("file")->bytes.view() == odd);
    BOOST_TEST(params.file("file")->filename == R"(a "b".png)");
    BOOST_TEST(params.file("file")->content_type == "image/png");
    BOOST_TEST(params.text("description").value_or("-") == "");
    BOOST_TEST(params.text("focus").value_or("-") == "0,1");
    BOOST_TEST(params.parts.size() == 3U);
}

BOOST_AUTO_TEST_CASE(multipart_that_is_cut_short_is_malformed) {
    const std::string whole = text_part("a", "1") + "--b--\r\n";
    for (std::size_t n = 0; n + 4 < whole.size(); ++n)
        BOOST_TEST(read(whole.substr(0, n), multipart).malformed, "after " << n << " bytes");
    BOOST_TEST(!read(whole, multipart).malformed);
    BOOST_TEST(read(whole, "multipart/form-data").malformed);
    BOOST_TEST(read("--b\r\nX: 1\r\n\r\nno name\r\n--b--\r\n", multipart).malformed);
}

BOOST_AUTO_TEST_CASE(a_scalar_for_a_list_is_as_if_it_were_not_there) {
    Desk desk;
    const std::string id = desk.upload();
    BOOST_TEST(desk.post("status=one&media_ids=" + id).status == 200);
    BOOST_TEST(desk.ask("POST", "/api/v1/statuses", R"({"status":"two","media_ids":")" + id + R"("})",
                        "application/json")
                   .status == 200);
    BOOST_TEST(desk.world.statuses.all()[0].media.empty());
    BOOST_TEST(desk.world.statuses.all()[1].media.empty());
    BOOST_TEST(desk.ask("POST", "/api/v1/statuses", R"({"status":"three","media_ids":[)" + id + "]}",
                        "application/json")
                   .status == 200);
    BOOST_TEST(desk.world.statuses.all()[2].media.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_malformed_body_is_400_as_json_or_as_a_page) {
    Desk desk;
    BOOST_TEST(desk.ask("POST", "/api/v1/statuses", "{", "application/json").status == 400);
    desk.accept = "*/*";
    const Response page = desk.ask("POST", "/api/v1/statuses", "{", "application/json");
    BOOST_TEST(page.status == 400);
    BOOST_TEST(page.header("Content-Type").substr(0, 9) == "text/html");
}

BOOST_AUTO_TEST_SUITE_END()
